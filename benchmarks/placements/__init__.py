"""Where the camera stands, and what that does to the count."""

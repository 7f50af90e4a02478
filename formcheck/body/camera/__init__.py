"""Where the camera stands, as the person before it tells."""

"""Where the window stands: the screens, the room on them, and the X server that knows of both."""

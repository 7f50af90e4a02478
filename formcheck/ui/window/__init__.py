"""The window: its canvas, put together from the camera's picture, the words and the panel."""

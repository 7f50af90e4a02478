"""What the camera sees: the body's solids and the room, down to pixels."""

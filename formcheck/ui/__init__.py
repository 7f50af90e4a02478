"""What the person sees: the window's picture and the terminal's text."""

"""What live commands share: an exercise coached from its first picture to its end."""

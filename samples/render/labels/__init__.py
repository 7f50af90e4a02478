"""What is true of a clip: measurements, intervals, and the truth file."""

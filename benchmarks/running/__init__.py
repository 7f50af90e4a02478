"""What the whole program is measured with: cameras to run it before, and a stopwatch."""

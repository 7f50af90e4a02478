"""What is drawn on the person: joints, corrections, and the figure to take up."""

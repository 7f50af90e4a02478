"""What is written while a session runs: its pictures, landmarks, truth and what was said."""

"""What is held against the truth: saved landmarks, truth files, and tables of errors."""

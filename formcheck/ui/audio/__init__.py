"""What is heard: tones and spoken words, made and played."""

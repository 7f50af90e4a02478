"""Recorded sources: clips and photos, and the files that they are in."""

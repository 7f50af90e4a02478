"""Counts the seconds of a hip-flexor stretch, only while the form is within tolerance."""

"""The body that a pose asks for, from its own bands: one figure for each view.

It decides where every joint of good form would be. It imports `body` and `pose`.
"""

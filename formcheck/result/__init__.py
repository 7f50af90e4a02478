"""What a whole clip or photo came to: its score, its spread, and the pose that it shows.

It decides by adding up the outcomes of sessions. It imports `session` and what that is made of.
"""

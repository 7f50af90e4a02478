"""From an example of good form to a pose file of its own.

It decides which bands an example supports, and suggests a cue for each. It imports `body`, `pose`
and `judge`.
"""

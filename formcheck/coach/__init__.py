"""What to tell the person now: one cue at a time, and the steps into place before a hold.

It decides what is worth saying, never how it is shown or spoken. It imports what was seen and
judged: `picture`, `body`, `pose` and `judge`.
"""

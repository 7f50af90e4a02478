"""What a stretch should look like: pose and routine files, read, checked and completed.

It decides what a valid definition is, and what a session is to reach. It imports `body` and the
errors.
"""

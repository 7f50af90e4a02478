"""What a moment is worth: form, calm and pace, and the hold that they add up to.

It decides which seconds count, and the reason why others do not. It imports `body` and `pose`.
"""

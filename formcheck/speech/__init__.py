"""What is said aloud, and when: one message at a time, and silence when all is well.

It decides on words and tones, never how they sound. It imports what a session tells (`session`)
and what that is made of.
"""

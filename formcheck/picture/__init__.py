"""What a camera's picture is, before anybody is looked for in it: its time, light and stillness.

It decides whether there is anything to see, and whether anything has changed. It imports nothing
of formcheck's.
"""

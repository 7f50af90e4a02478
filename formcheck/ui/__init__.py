"""What the person sees and hears: the window, the terminal's text, tones and the voice.

It decides how an outcome is shown, never what it is. It may import what decides, but neither
`io` nor `store`.
"""

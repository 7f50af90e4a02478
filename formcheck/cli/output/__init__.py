"""How what the commands have to say is laid out, for whichever terminal there is.

It decides on rows, widths and plain forms; it imports rich, and of formcheck what it tells of.
"""

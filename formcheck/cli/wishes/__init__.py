"""What a person asks of a live command, read from its command line.

A window is up before what carries it out has loaded, so nothing here imports that.
"""

"""The command line: the commands, and what puts all the other packages together.

It decides what the person asked for. It may import every package, and none imports it.
"""

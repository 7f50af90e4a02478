"""Scoring clips and photos: one, or as many as there are, in as many processes as there are.

It decides by what files are judged, who judges them, and what becomes of one that cannot be; and,
in `public` and `tables`, what another program has to say and is given back (docs/api.md).
It may import `result` and `run`, and `io` where a file is opened; no command.
"""

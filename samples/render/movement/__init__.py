"""How the person moves: postures, and the ways from one to the next."""

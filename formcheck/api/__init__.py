"""What other programs call: `formcheck` hands it out by name, and loads it when it is asked for.

It decides what a caller has to say and what it is given back.
It may import `scoring`, `store` and what is below them.
"""

"""Clips of a rendered person whose every joint is known, and the program that makes them."""

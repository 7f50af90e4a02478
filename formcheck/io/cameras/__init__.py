"""Live sources: the cameras of this machine and its network, and what goes wrong with them."""

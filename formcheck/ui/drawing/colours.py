"""The few colours of the window, blue-green-red as OpenCV has them.

Good and to mend differ in hue for every kind of colour vision (teal against amber), and are never
told apart by colour alone: each also has its own shape.
"""

from typing import Final

Colour = tuple[int, int, int]
"""Blue, green, red, each 0 to 255."""

INK: Final[Colour] = (0x20, 0x17, 0x0F)
PAPER: Final[Colour] = (0xFA, 0xF7, 0xF4)
GOOD: Final[Colour] = (0xB0, 0xC2, 0x35)
MEND: Final[Colour] = (0x00, 0xB0, 0xFF)
WAIT: Final[Colour] = (0xF2, 0xEA, 0xE2)
"""Nothing to do and nothing wrong: so light that no eye takes it for teal."""
QUIET: Final[Colour] = (0xB4, 0xA5, 0x97)
"""Small print."""
TRACK: Final[Colour] = (0x61, 0x52, 0x44)
"""What a ring or bar has still to fill."""
EMPTY: Final[Colour] = (0x30, 0x25, 0x1B)
"""Where a picture will be."""

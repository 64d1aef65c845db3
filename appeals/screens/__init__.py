"""The way from a denial to what to do, one screen after another.

Each POST holds every earlier answer, and the letter that was read; what comes back is the screen
that the pressed button leads to, or the one on which something is to be put right.
"""

from appeals.screens.path import case_from, first_screen, next_screen, read_screen
from appeals.screens.screen import Screen

__all__ = ["Screen", "case_from", "first_screen", "next_screen", "read_screen"]

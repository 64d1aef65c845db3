"""The way to a letter, one screen after another: the document, who signs, the facts, the papers.

Each POST holds all that the check, the denial and the earlier screens were told, and every change
to the letter; what comes back is the next screen, or the one in which something is wrong.
"""

from appeals.screens.letters.beginning import begun, loaded
from appeals.screens.letters.making import finish_screen, own_sheets, start_screen
from appeals.screens.letters.path import first_wrong, next_screen
from appeals.screens.letters.posted import Posted
from appeals.screens.letters.screen import Screen

__all__ = [
    "Posted",
    "Screen",
    "begun",
    "finish_screen",
    "first_wrong",
    "loaded",
    "next_screen",
    "own_sheets",
    "start_screen",
]

"""The check, one screen after another: the plan, the questions, all answers, and what they come to.

Each POST holds every earlier answer; what comes back is the screen that the pressed button leads
to, or the one on which something is to be put right.
"""

from policies.screens.making import first_screen
from policies.screens.path import (
    guidance_from,
    loaded_screen,
    next_screen,
    situation_from,
    so_far,
)
from policies.screens.record import uploaded_screen
from policies.screens.screen import Screen

__all__ = [
    "Screen",
    "first_screen",
    "guidance_from",
    "loaded_screen",
    "next_screen",
    "situation_from",
    "so_far",
    "uploaded_screen",
]

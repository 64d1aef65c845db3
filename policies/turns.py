"""Who may do work of seconds: few at once, or it would take every thread from the short pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

AT_ONCE = 2
WAITING = 1
"""With those at work fewer than the threads of a process (WEB_THREADS), so that one is free."""
PATIENCE = 10.0  # seconds


class NoTurnError(Exception):
    """Too much is being made at once; whoever asked may try again in a minute."""


class Turns:
    """So many at work, so many who wait for them a while, and nobody beyond."""

    def __init__(self, *, at_once: int, waiting: int, patience: float) -> None:
        self.places = BoundedSemaphore(at_once)
        self.present = BoundedSemaphore(at_once + waiting)
        self.patience = patience

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Do this when it is our turn; raises `NoTurnError` where that takes too long."""
        if not self.present.acquire(blocking=False):
            raise NoTurnError
        try:
            if not self.places.acquire(timeout=self.patience):
                raise NoTurnError
            try:
                yield
            finally:
                self.places.release()
        finally:
            self.present.release()


TURNS = Turns(at_once=AT_ONCE, waiting=WAITING, patience=PATIENCE)
"""Shared by all that is costly in this process: setting a PDF, opening a stranger's file."""

"""What the page after a denial shows, finished before a template sees it."""

from appeals.presenting.denied import DeniedView, present_denied

__all__ = ["DeniedView", "present_denied"]

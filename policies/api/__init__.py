"""The JSON API of policies: what is held, as it stood on a day, and the check."""

from policies.api.routes import router

__all__ = ["router"]

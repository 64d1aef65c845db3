"""The JSON API of appeals: the steps of each kind of plan, last days to act, and the evidence."""

from appeals.api.routes import router

__all__ = ["router"]

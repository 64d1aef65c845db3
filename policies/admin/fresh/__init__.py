"""Keeping documents fresh: the work list, readings, attached copies, and the Spanish."""

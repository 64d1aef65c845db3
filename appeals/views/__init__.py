"""The pages of a denial, and what can be taken away from a check or a denial."""

"""Criteria in their data form, as the tests of reading write them."""

ORIGINS = frozenset({"form", "clinic"})
ADULT = {"label": "18 years or older", "fact": "age", "min": 18}
COUNT = {"label": "Two", "count": "treatments_tried", "where": {"kind": "ect"}, "min": 2}
LONG_QUOTE = " ".join(["word"] * 26)

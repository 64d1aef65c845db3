"""The law of appeals as data: dated, sourced, graded; what was not read is never computed from."""

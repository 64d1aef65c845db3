"""Many signed letters printed at once: one file in the order of the mail, made by workers."""

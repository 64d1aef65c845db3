"""The appeal in words: last days and how they were counted, times to decide, steps."""

"""What the pages on the way to a letter show, finished before a template sees it."""

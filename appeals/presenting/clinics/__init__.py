"""What the pages of the workspace show, finished before a template sees it."""

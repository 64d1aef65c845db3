"""What each kind of work costs as data grows, which `make growth` measures."""

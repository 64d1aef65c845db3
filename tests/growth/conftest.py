"""Keeps what fills a database to `make growth`."""

collect_ignore = ["__main__.py", "works.py"]

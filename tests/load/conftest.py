"""Keeps what Locust starts to `make load`: it wants Locust, and a site that runs."""

collect_ignore = ["__main__.py", "sample.py", "scenarios.py", "visitors.py"]

"""A made-up clinic to try the workspace with: its people, and cases of many payers and stages."""

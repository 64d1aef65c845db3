"""A notice that someone uploads: its text with places, and what that text says.

Import from the files: the child process that opens an upload loads this one, and must stay light.
"""

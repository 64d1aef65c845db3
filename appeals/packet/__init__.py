"""A letter with what goes with it as one PDF: cover sheet, letter, tab sheets, enclosures.

Import from the files: the child process that opens an enclosure loads this one and must stay light.
"""

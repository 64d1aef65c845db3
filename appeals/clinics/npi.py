"""National Provider Identifiers, checked by their check digit."""

PREFIX = "80840"
"""Stands before an NPI when its check digit is counted."""
LENGTH = 10


def is_npi(text: str) -> bool:
    """Whether ten digits end in the check digit that the nine before it want.

    >>> is_npi("1234567893"), is_npi("1234567890"), is_npi("123456789")
    (True, False, False)
    """
    if len(text) != LENGTH or not (text.isascii() and text.isdigit()):
        return False
    return luhn(PREFIX + text) == 0


def luhn(digits: str) -> int:
    """The sum of the Luhn formula, modulo ten: nought where the last digit fits the others."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10

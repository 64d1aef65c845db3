"""Numbers that can be seen to be wrong before anyone dials them or looks them up."""

from django.utils.translation import gettext as _

NPI_DIGITS, FEWEST_PHONE_DIGITS = 10, 7
# Stands before an NPI when its check digit is counted, as on a card: 80 for health, 840 for the
# United States.
ISSUER = "80840"
PHONES = ("_phone", "_fax")


def wrong_number(name: str, text: str) -> str:
    """What is wrong with a number that the fact of this name holds; empty where nothing is."""
    if not text:
        return ""
    digits = "".join(one for one in text if one.isdecimal() and one.isascii())
    if name.endswith("_npi"):
        return _wrong_npi(text, digits)
    if name.endswith(PHONES) and len(digits) < FEWEST_PHONE_DIGITS:
        return _("Enter the whole number with its area code, or leave it empty.")
    return ""


def _wrong_npi(text: str, digits: str) -> str:
    if len(digits) != NPI_DIGITS or text.replace(" ", "").replace("-", "") != digits:
        return _("An NPI has ten digits and nothing else. Look it up, or leave it empty.")
    if not _checks_out(f"{ISSUER}{digits}"):
        return _("A digit of this NPI is wrong. Look it up again, or leave it empty.")
    return ""


def _checks_out(digits: str) -> bool:
    """Whether the last digit is the check digit of the others (the Luhn formula)."""
    doubled = (
        sum(divmod(2 * int(one), 10)) if place % 2 else int(one)
        for place, one in enumerate(reversed(digits))
    )
    return sum(doubled) % 10 == 0

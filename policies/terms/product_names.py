"""Names of products as RxNorm, pharmacies and people write them, taken apart."""

import re
import unicodedata
from dataclasses import dataclass

# Strengths, volumes and release times: "20 MG/ML", "24 HR", "14 MG/ACTUAT", "8mg/2mg". A digit
# within a word, as in T3, is part of a name.
_AMOUNT = re.compile(
    r"\b\d[\d.,]*\s*(?:(?:mg|mcg|g|ml|hr|hours?|unt|meq|actuat)\b|%)?"
    r"(?:\s*/\s*(?:\d[\d.,]*\s*)?(?:mg|mcg|ml|hr|hours?|actuat|day|spray)\b)?",
    re.IGNORECASE,
)
_JOINS = re.compile(r"/|\+|&|\b(?:and|with|y|con)\b", re.IGNORECASE)
_BESIDE = re.compile(r"[\[(]([^\[\]()]*)[\])]")
# A cream, drops or a shot that lasts for weeks may be for another use: such words stay, and the
# name is none of ours.
_SALTS = (
    "hcl hydrochloride hydrobromide carbonate citrate succinate oxalate mesylate maleate fumarate "
    "sulfate tartrate bitartrate tosylate pamoate sodium potassium dipotassium clorhidrato"
)
_RELEASES = (
    "xl xr sr cr er ir la dr ec odt zydis extended delayed immediate sustained release enteric "
    "film coated disintegrating chewable sprinkle prolongada liberacion"
)
_FORMS = (
    "oral orally sublingual tablet tablets tab tabs capsule capsules cap caps pill pills solution "
    "suspension product containing pack starter injection injectable patch system "
    "mg tableta tabletas capsula capsulas comprimido comprimidos"
)
NOT_A_NAME = frozenset(f"{_SALTS} {_RELEASES} {_FORMS}".split())
# "Wellbutrin XL 300 mg" is bupropion: releases, salts and strengths do not make a new drug.
_NOT_THE_NAME = re.compile(
    rf"\bnasal spray\b|\bclorhidrato de\b|\b(?:{'|'.join(sorted(NOT_A_NAME))})\b\.?"
)


@dataclass(frozen=True, slots=True)
class ProductName:
    """The bare names of what a product holds, and those that stand beside in brackets."""

    holds: tuple[str, ...]
    beside: tuple[str, ...]


def plain(name: str) -> str:
    """A name as it is compared: small letters, no accents, single spaces."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(one for one in letters if not unicodedata.combining(one)).split())


def parts_of(written: str) -> list[str]:
    """The words for each thing that a product holds, without strengths and times of release."""
    inside, _rest = _pack(written)
    return [part for part in _JOINS.split(_AMOUNT.sub(" ", inside or written)) if part.strip()]


def product_name(written: str) -> ProductName:
    """A product's name without strength, salt, release and form.

    >>> product_name("24 HR bupropion hydrochloride 150 MG Extended Release Oral Tablet")
    ProductName(holds=('bupropion',), beside=())
    >>> product_name("escitalopram 10 MG Oral Tablet [Lexapro]")
    ProductName(holds=('escitalopram',), beside=('lexapro',))
    >>> product_name("fluoxetine 25 MG / olanzapine 3 MG Oral Capsule").holds
    ('fluoxetine', 'olanzapine')
    """
    pack, rest = _pack(plain(written))
    told = _BESIDE.findall(rest)
    text = re.sub(r"[()]", " ", pack) if pack else _BESIDE.sub(" ", rest)
    return ProductName(
        tuple(name for part in parts_of(text) if (name := _bare(part))),
        tuple(name for one in told if (name := _bare(_AMOUNT.sub(" ", one)))),
    )


def _pack(written: str) -> tuple[str, str]:
    """What stands in braces, and the rest: a pack holds one drug in several strengths."""
    before, _, after = written.partition("{")
    inside, end, behind = after.rpartition("}")
    return (inside, f"{before} {behind}") if end else ("", written)


def _bare(words: str) -> str:
    return " ".join(_NOT_THE_NAME.sub(" ", words).split()).strip(" ,;.-")

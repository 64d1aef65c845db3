"""Two wordings beside one another, with what differs in each marked word by word."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(r"(\w+(?:['\u2019.,-]\w+)*|[^\w\s])(\s*)")
# Below this share of common words two wordings are shown as two, not as one with marks.
LEAST_IN_COMMON = 0.25
_NUMBERS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
# Words on which a rule turns, besides numbers.
_DECIDING = frozenset(
    [
        "all",
        "and",
        "any",
        "both",
        "each",
        "either",
        "every",
        "except",
        "neither",
        "never",
        "no",
        "none",
        "nor",
        "not",
        "only",
        "or",
        "unless",
        "without",
    ]
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words; `is_marked` where the other wording has others in its place."""

    text: str
    is_marked: bool = False


Pieces = tuple[Piece, ...]


def marked(before: str, after: str) -> tuple[Pieces, Pieces]:
    """Both wordings, each with its own words marked.

    >>> left, right = marked("at least 2 trials", "at least 3 trials")
    >>> [one.text for one in left if one.is_marked], [one.text for one in right if one.is_marked]
    (['2'], ['3'])
    """
    left, right = _tokens(before), _tokens(after)
    matcher = SequenceMatcher(
        None, [word for word, _ in left], [word for word, _ in right], autojunk=False
    )
    if before and after and matcher.ratio() < LEAST_IN_COMMON:
        return (Piece(before.strip(), True),), (Piece(after.strip(), True),)
    found: tuple[list[Piece], list[Piece]] = ([], [])
    for tag, from_left, to_left, from_right, to_right in matcher.get_opcodes():
        found[0].extend(_pieces(left[from_left:to_left], is_marked=tag != "equal"))
        found[1].extend(_pieces(right[from_right:to_right], is_marked=tag != "equal"))
    return tuple(found[0]), tuple(found[1])


def _tokens(text: str) -> list[tuple[str, str]]:
    return _TOKEN.findall(text.strip())


def _pieces(tokens: list[tuple[str, str]], *, is_marked: bool) -> Iterable[Piece]:
    text = "".join(word + space for word, space in tokens)
    if not is_marked:
        return [Piece(text)] if text else []
    # The space behind marked words belongs to none of them.
    words = text.rstrip()
    pieces = (Piece(words, True), Piece(text[len(words) :]))
    return [one for one in pieces if one.text]


def turn_on_other_words(before: str, after: str) -> bool:
    """Whether two wordings differ in a number, or in a word on which a rule turns.

    >>> turn_on_other_words("two trials of a drug", "three trials of a drug")
    True
    >>> turn_on_other_words("two trials of a drug", "2 trials of a medicine")
    False
    """
    return _weight(before) != _weight(after)


def decides_by_words(text: str) -> bool:
    """Whether a wording names a number, or has a word on which a rule turns.

    >>> decides_by_words("18 years or older"), decides_by_words("A code on the list")
    (True, False)
    """
    return _weight(text) != _weight("")


def _weight(text: str) -> tuple[Counter[str], frozenset[str]]:
    words = {word.lower() for word, _ in _tokens(text)}
    return Counter(numbers_in(text)), _DECIDING.intersection(words)


def numbers_in(text: str) -> list[str]:
    """Every number that a wording names, those in words too.

    >>> numbers_in("two trials of 6-8 weeks")
    ['2', '6', '8']
    """
    words = [word.lower() for word, _ in _tokens(text)]
    as_digits = [str(_NUMBERS.index(one)) if one in _NUMBERS else one for one in words]
    return [number for one in as_digits for number in re.findall(r"\d+(?:\.\d+)?", one)]

"""The lists of wordings, read once from their file and made into patterns."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from appeals.notices.finding.dates import MONTH_NAMES
from appeals.notices.finding.pieces import fold
from appeals.notices.finding.repair import Vocabulary
from appeals.notices.finding.text import Span
from policies.catalogue.fields import FieldReader
from policies.catalogue.yaml_text import read_yaml
from policies.faults import join

FILE = Path(__file__).parents[2] / "data" / "notice_words.yaml"

# The words of a gap hold no sign of a separator: each text can be read in one way only, so that
# no letter, however hostile, makes a search slow.
_SEPARATOR = r"[\",:)]{0,2}(?:[ \-/]+\n?|\n)[\"(]?"
_WORD = rf"[^\s.:;,\-/\"()]+{_SEPARATOR}"
_SHORT_GAP = rf"(?:{_WORD}){{0,3}}?"
_GAP, _WIDE_GAP = rf"(?:{_WORD}){{0,6}}?", rf"(?:{_WORD}){{0,16}}?"
# A word may be left out only before another one.
_TRAILING = re.compile(r"(?:\s*\[[^\]]*\])+\s*(?=\Z|[)|])")
# The file may go on in the next line after a bar or an opening bracket.
_WRAPPED = re.compile(r"(?<=[|(\[])\s+")
_SIGN = r"\.\.\.?\.? |\] |<n>|<not>|(?<![a-z])n't|[\[\]()|* ']"
_PART = re.compile(rf"{_SIGN}|[^\[\]()|* ']+?(?={_SIGN}|\Z)")
_NUMBER = (
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|twenty|thirty"
    r"|un|una|dos|tres|cuatro|cinco|seis|ocho|diez|doce)"
)
_WRITTEN = {
    ".. ": _SHORT_GAP,
    "... ": _GAP,
    ".... ": _WIDE_GAP,
    "] ": rf"){_SEPARATOR})?",
    "[": "(?:(?:",
    "(": "(?:",
    ")": ")",
    "|": "|",
    "*": r"\w*",
    " ": _SEPARATOR,
    "<n>": _NUMBER,
    # The end of "doesn't"; without the apostrophe it would be that of "patient" too.
    "n't": r"\w{2,6}n't",
    "'": "'?",
}


def pattern(wording: str, negation: str = "") -> str:
    """A regular expression from the notation that the file explains."""
    wording = _TRAILING.sub("", _WRAPPED.sub("", fold(wording)))
    written = _WRITTEN | {"<not>": negation}
    return "".join(
        written.get(part.group()) or re.escape(part.group()) for part in _PART.finditer(wording)
    )


def _whole(expression: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{expression})(?!(?<=\w)\w)")


@dataclass(frozen=True, slots=True)
class Wordings:
    """One list: found anywhere as whole words."""

    compiled: re.Pattern[str]
    each: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, wordings: tuple[str, ...]) -> "Wordings":
        return cls.of_patterns([pattern(one) for one in wordings])

    @classmethod
    def of_patterns(cls, patterns: Sequence[str]) -> "Wordings":
        return cls(_whole("|".join(patterns) or r"(?!)"), tuple(_whole(one) for one in patterns))

    def spans(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
        for match in self.compiled.finditer(text, start, len(text) if end is None else end):
            yield Span(match.start(), match.end())

    def all_spans(self, text: str) -> Iterator[Span]:
        """Those of every wording for itself, so that a longer one is not hidden by a shorter."""
        for one in self.each:
            for match in one.finditer(text):
                yield Span(match.start(), match.end())

    def first(self, text: str, start: int = 0, end: int | None = None) -> Span | None:
        return next(self.spans(text, start, end), None)

    def stand_in(self, text: str, start: int = 0, end: int | None = None) -> bool:
        return self.first(text, start, end) is not None


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """Every list by its name in the file, as `kind.denial` or `reasons.step_therapy.strong`."""

    lists: Mapping[str, Wordings]
    # Two wordings that have to stand in one sentence, by reason.
    pairs: Mapping[str, tuple[tuple[Wordings, Wordings], ...]]
    vocabulary: Vocabulary

    def __getitem__(self, name: str) -> Wordings:
        return self.lists[name]

    def names(self, under: str) -> tuple[str, ...]:
        """The names one level below."""
        below = (name.removeprefix(f"{under}.") for name in self.lists if name.startswith(under))
        return tuple(dict.fromkeys(name.split(".")[0] for name in below))


def _flat(reader: FieldReader, data: Mapping[str, Any], place: str) -> Iterator[tuple[str, Any]]:
    for name, inner in data.items():
        if isinstance(inner, Mapping):
            yield from _flat(reader, inner, join(place, name))
        else:
            yield join(place, name), reader.texts(data, name, place)


@cache
def notice_words() -> NoticeWords:
    """Read the file; a fault in it is an error of ours and ends the program."""
    reader = FieldReader()
    data = read_yaml(FILE.read_text(encoding="utf-8")).data
    lists = dict(_flat(reader, data, ""))
    reader.raise_faults()
    words = {word for texts in lists.values() for text in texts for word in _whole_words(text)}
    words |= MONTH_NAMES
    negation = "|".join(pattern(one) for one in lists["negation"])
    pairs = {name: lists.pop(name) for name in tuple(lists) if name.endswith(".pairs")}
    return NoticeWords(
        {name: Wordings.of(texts) for name, texts in lists.items()},
        {
            name.split(".")[1]: tuple(_pair(text, f"(?:{negation})") for text in texts)
            for name, texts in pairs.items()
        },
        Vocabulary(words),
    )


def _pair(text: str, negation: str) -> tuple[Wordings, Wordings]:
    one, other = (pattern(side.strip(), negation) for side in text.split(" + "))
    return Wordings.of_patterns([one]), Wordings.of_patterns([other])


def _whole_words(wording: str) -> list[str]:
    """Those that stand in full; the start of a word would turn every form of it into that one."""
    return re.findall(r"(?<![a-z*])[a-z]{3,}(?![a-z*'])", fold(wording))

"""What every letter must hold to in its words, as checks that give each fault in words.

They read the finished letter and the data; how the letter was written they do not ask.
"""

import re
from collections.abc import Iterator
from functools import cache

from django.utils.translation import gettext as _

from appeals.letters import LetterContent
from appeals.letters.content import Basis, Facts, Origin, Table
from policies import terms
from policies.wording.phrases import REPRODUCED_WORDS
from tests.appeals.letter_said import COPIED, Fault, Letter

QUOTATION_MARKS = re.compile('[“”«»"]')
NUMBER = re.compile(r"\d+(?:[.,]\d+)*%?")
NUMBER_WORDS = {
    "two": 2,
    "twice": 2,
    "double": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "dos": 2,
    "doble": 2,
    "tres": 3,
    "cuatro": 4,
    "cinco": 5,
    "seis": 6,
    "siete": 7,
    "ocho": 8,
    "nueve": 9,
    "diez": 10,
    "doce": 12,
    "half": 50,
    "mitad": 50,
    "thirty": 30,
    "treinta": 30,
}
NUMBER_WORD = re.compile(rf"\b({'|'.join(NUMBER_WORDS)})\b", re.IGNORECASE)
MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
)
DATE = re.compile(rf"(?:{MONTH}) \d{{1,2}}, \d{{4}}|\d{{1,2}} de (?:{MONTH}) de \d{{4}}")
MONTH_OF_A_YEAR = re.compile(rf"(?:{MONTH})(?: de)? \d{{4}}")
LAW = re.compile(r"\bFDA\b|\bCFR\b|U\.S\.C|\bERISA\b")
# Names that hold a number and no figure.
NAMES = re.compile(r"\bICD-10(?:-CM)?\b|\bCIE-10\b")
WORD = re.compile(r"[\w-]+")
ENCLOSURE_NUMBER = re.compile(r"\b(?:Enclosure|Adjunto) (\d+)\b")


def provenance(letter: Letter) -> Iterator[Fault]:
    """Every sentence rests on something, and all that it rests on is there."""
    for one in letter.said:
        if not one.sentence.rests_on:
            yield one.fault("rests on nothing")
        there = {source.basis for source in one.sources}
        for basis in one.sentence.rests_on:
            if basis not in there:
                yield one.fault(f"{basis} is not there")
        for gap in one.sentence.gaps:
            if Basis(Origin.FACT, gap.id) not in one.sentence.rests_on:
                yield one.fault(f"the gap {gap.id} is not among what it rests on")


def numbers(letter: Letter) -> Iterator[Fault]:
    """A number, in digits or as a word, occurs in what the sentence rests on."""
    for one in letter.said:
        known = _numbers_in(one.texts)
        for number in sorted(_numbers_in(ENCLOSURE_NUMBER.sub("", one.text)) - known):
            if number.rstrip("%") not in known or number.endswith("%"):
                yield one.fault(f"the number {number} is in nothing that it rests on")


@cache
def _numbers_in(text: str) -> frozenset[str]:
    found = frozenset(NUMBER.findall(NAMES.sub("", text)))
    words = {str(NUMBER_WORDS[one.casefold()]) for one in NUMBER_WORD.findall(text)}
    return found | {one.rstrip("%") for one in found} | words


def dates(letter: Letter) -> Iterator[Fault]:
    """A date occurs as it stands in what the sentence rests on."""
    for one in letter.said:
        for pattern in (DATE, MONTH_OF_A_YEAR):
            for date in pattern.findall(one.text):
                if date not in one.texts:
                    yield one.fault(f"the date {date} is in nothing that it rests on")


def drugs(letter: Letter) -> Iterator[Fault]:
    """A drug, by whatever name, occurs in what the sentence rests on."""
    for one in letter.said:
        for drug in sorted(drugs_in(one.text) - drugs_in(one.texts)):
            yield one.fault(f"{drug} is in nothing that it rests on")


@cache
def drugs_in(text: str) -> frozenset[str]:
    """The drugs that a text names, each by its generic name."""
    folded = text.casefold()
    words = WORD.findall(folded)
    found = {*words, *(one for one in _drug_names() if " " in one and one in folded)}
    return frozenset(_drug_names()[one] for one in found if one in _drug_names())


@cache
def _drug_names() -> dict[str, str]:
    """Every name of a drug, with its generic one."""
    names = {
        name.casefold(): drug.name
        for drug in terms.drugs().values()
        for name in (drug.name, *drug.brands, *drug.also)
    }
    # Ketamine's one mirror form by infusion is another drug than the nasal spray.
    return names | {"esketamina": "esketamine", "ketamina": "ketamine", "s-ketamine": "s-ketamine"}


def forms(letter: Letter) -> Iterator[Fault]:
    """What a letter of a kind always says claims nothing; nor does a heading or a label."""
    for one in letter.said:
        if one.is_form and (what := claims_in(one.text)):
            yield one.fault(f"says of no fact {what}")
    for text in _labels(letter.content):
        # A heading may say how long a part of a call takes, in words.
        if what := claims_in(NUMBER_WORD.sub("", text)):
            yield f"the heading or label {text!r} says {what}"


def claims_in(text: str) -> str:
    """What in a text would have to rest on something; empty where nothing does."""
    found = (
        NUMBER.search(NAMES.sub("", text))
        or NUMBER_WORD.search(text)
        or DATE.search(text)
        or LAW.search(text)
        or QUOTATION_MARKS.search(text)
    )
    return found[0] if found else ", ".join(sorted(drugs_in(text)))


def _labels(content: LetterContent) -> Iterator[str]:
    yield from (block.heading for block in content.blocks)
    for element in (one for block in content.blocks for one in block.elements):
        match element:
            case Facts(rows):
                yield from (label for label, _words in rows)
            case Table():
                yield from (*element.columns, element.caption)


def quotations(letter: Letter) -> Iterator[Fault]:
    """Quotation marks hold a document's words or what was copied, to the letter, and nothing else.

    Whoever read the words at second hand says so.
    """
    for one in letter.said:
        text = one.text
        for words in one.may_quote:
            text = in_marks(words).sub("…", text)
        for words in one.quoted:
            if not in_marks(words).search(one.text):
                yield one.fault("rests on a quotation, and does not give it whole and in marks")
        for gap in one.sentence.gaps:
            text = in_marks(gap.mark).sub("…", text) if gap.id in COPIED else text
        for words in one.typed:
            text = text.replace(words, "…")
        if QUOTATION_MARKS.search(text):
            yield one.fault("has in quotation marks what is nobody's own words")
        second_hand = [
            source
            for source in one.of(Origin.QUOTE)
            if source.printed is not None and source.printed.whose == _(REPRODUCED_WORDS)
        ]
        # Reproduced, or reproducen in a Spanish copy.
        if second_hand and "reprodu" not in one.text:
            yield one.fault("does not say that others reproduced the words")


def in_marks(words: str) -> re.Pattern[str]:
    """Words in quotation marks, English or Spanish."""
    return re.compile(f"“{re.escape(words)}”|«{re.escape(words)}»")


def enclosures(letter: Letter) -> Iterator[Fault]:
    """An enclosure is named by the number of the list, and only where it is on hand."""
    listed = {one.id: one.number for one in letter.content.enclosures}
    for one in letter.said:
        numbers = {int(number) for number in ENCLOSURE_NUMBER.findall(one.text)}
        named = {
            listed.get(basis.id.removeprefix("enclosure."))
            for basis in one.sentence.rests_on
            if basis.id.startswith("enclosure.")
        }
        if not numbers <= named:
            yield one.fault(f"names an enclosure {sorted(numbers)} that is listed otherwise")
    for paper in letter.content.enclosures:
        if paper.id not in letter.case.enclosures:
            yield f"lists {paper.id}, which nobody has on hand"


def scores(letter: Letter) -> Iterator[Fault]:
    """A scale that a person filled in alone is told by that person, as such."""
    for one in letter.said:
        for basis in one.sentence.rests_on:
            if not basis.id.startswith("scores.") or one.case.situation is None:
                continue
            score = one.case.situation.scores[int(basis.id.removeprefix("scores."))]
            is_told_so = "not from the chart" in one.text or "no es del expediente" in one.text
            if score.origin != "chart" and not is_told_so:
                yield one.fault("shows as charted what a person filled in alone")
            if score.origin != "chart" and one.case.voice != "patient":
                yield one.fault("tells for the patient what the patient filled in alone")


def success_rates(letter: Letter) -> Iterator[Fault]:
    """No figure and no word on how often appeals succeed."""
    for one in letter.said:
        if SUCCESS.search(one.ours):
            yield one.fault("speaks of how often appeals succeed")


SUCCESS = re.compile(
    r"success rate|overturned in|(?:percent|%) of (?:all )?(?:appeals|denials|reviews)"
    r"|appeals? (?:often |usually )?(?:succeed|win|are won)|chances? of (?:winning|success)"
    r"|(?:often|most|many|half)[^.]*\b(?:appeals|denials|reviews)\b[^.]*\b(?:overturned|won|reversed)"
    r"|tasa de éxito|apelaciones (?:suelen )?gan",
    re.IGNORECASE,
)

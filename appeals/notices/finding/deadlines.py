"""The time limit for the member's next step, only as the letter prints it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from appeals.notices.finding.finds import FieldName, Find, HowSure, Kind, Note, PrintedDeadline
from appeals.notices.finding.notice import Notice, Sentence, Topic

_NUMBERS = {
    "one": 1, "un": 1, "two": 2, "dos": 2, "three": 3, "tres": 3, "four": 4, "cuatro": 4, "five": 5,
    "cinco": 5, "six": 6, "seis": 6, "ten": 10, "diez": 10, "twelve": 12, "doce": 12, "fifteen": 15,
    "quince": 15, "twenty": 20, "veinte": 20, "thirty": 30, "treinta": 30, "forty-five": 45,
    "sixty": 60, "sesenta": 60, "sixty-five": 65, "ninety": 90, "noventa": 90,
    "one hundred twenty": 120, "one hundred and twenty": 120, "ciento veinte": 120,
    "one hundred eighty": 180, "one hundred and eighty": 180, "ciento ochenta": 180,
}  # fmt: skip
_WORDS = "|".join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True))
_AMOUNT = re.compile(
    rf"(?<![\w/.-])(?:(?:(?:{_WORDS})[ \n]*\(\s?)?(?P<figure>\d[\doil|]{{0,2}})\)?"
    rf"|(?P<word>{_WORDS}))"
    r"(?:[ \n-](?:calendar|consecutive|full|calendario|business|working))?[ \n-]"
    r"(?P<unit>days?|dias?|months?|mes(?:es)?|years?|anos?)\b"
)
_UNITS: dict[str, Literal["days", "months"]] = {"d": "days", "m": "months"}
_FIGURES = str.maketrans("oil|", "0111")
# Words that make a figure a limit; before a date they stand close, before an amount near.
_LIMIT = re.compile(
    r"(?:\b(?:within|inside|in|have|has|had|got|get|gets|given|allows?|by|before|than|until|till"
    r"|up to|for|is|are|to|of|after|limit|deadline|closes|ends|runs out|expires|lasts"
    r"|dentro del?|en|tiene|tienen|tendra|dispone|cuenta con|tardar|antes del?|hasta"
    r"|plazo(?: del?)?|los|el|unos|de)|[:=-])[:\s]*"
    r"(?:of |the |a |los |el |las |un |about |only |full |plazo de |next |following )*\Z"
)
# After a figure: what it counts from, or the step it is for.
_COUNTS = re.compile(
    r"\)?,?\s+(?:calendar |natural(?:es)?,? |of |from|after|following|since|counted|starting"
    r"|beginning|to (?:appeal|ask|file|request|dispute|contest|object|challenge|seek|write|send"
    r"|tell|do)|para|desde|a partir|contad|despues|siguientes)"
)
_LIMIT_OF_DATE = re.compile(
    r"\b(?:by|before|than|until|till|through|deadline[a-z' ]{0,40}|due(?: by| on)?"
    r"|runs? out(?: on)?|last da(?:y|te)[a-z ]{0,40}|on or before|cut-?off[a-z ]{0,30}"
    r"|closes(?: on)?|ends(?: on)?|expires(?: on)?|tardar(?: el)?|antes del?|hasta(?: el)?"
    r"|limite[a-z ]{0,30}|vence(?: el)?)[:\s]*"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
    r"(?:the |end |of |day |on |el |final |del? |dia |midnight |noon |5 p\.?m\.? |close |business "
    r"|our |lunes |martes |miercoles |jueves |viernes )*\Z"
)
# "8 visits every 30 days" and "in each of the last 12 months" are no limits of time.
_RATE = re.compile(r"\b(?:per|every|each|(?:for|of|in|over) (?:the )?(?:last|past)|once a)\s*\Z")
# The sentence after the limit may say when the days begin.
_CLOCK_STARTS = re.compile(
    r"\s+(?:the|this|that|it|they|you)[^.;]{0,30}(?:clock|begin|start|run|count)[^.;]{0,90}"
)
_MORE_TIME = re.compile(
    r"\b(?:extend|extension|more time|extra|additional|another|prorrog|mas tiempo)\w*\s*\Z"
)
# After the figure: another's clock starts when the plan gets something.
_PLANS_CLOCK = re.compile(
    r"[^.;]{0,30}?\b(?:"
    r"to (?:answer|decide|respond|reply|finish|complete|make a decision|call our|speak with our)\b|"
    r"(?:we|plan|it|they|ire|iro|board|opm) (?:have )?(?:get|gets|receive|receives|received|got)"
    r"|receipt of (?:your|the|an) (?:appeal|request|grievance|complaint|letter)"
    r"|(?:your|the|an?) (?:appeal|request|grievance)\w* (?:is|was|has been) (?:received|filed)"
    r"|recibamos|recibimos|recibir su"
    r"|getting (?:your|an?|the) (?:urgent |fast |written |expedited )?(?:appeal|request|grievance))"
)
NEAR_AFTER = 110
SAME_PHRASE = 30
# Some two lines, in letters.
EARLIER = 300
SHORTEST_DAYS, LONGEST_DAYS, LONGEST_MONTHS = 5, 400, 36
# Points below which a limit is for something else, and from which it is likely the right one.
FEWEST, SURE, LESS = 3, 4, 1


class Step(IntEnum):
    """What the limit is for; the first appeal comes before what follows it."""

    APPEAL = 1
    HEARING = 2
    OUTSIDE = 3
    FAST = 4


@dataclass(frozen=True, slots=True)
class Limit:
    step: Step
    start: int
    end: int
    deadline: PrintedDeadline
    points: int


def deadline(notice: Notice, kind: Kind) -> Find | None:
    """The limit of the step that comes next after this decision."""
    limits = [one for one in _limits(notice) if one.points >= FEWEST]
    if kind in (Kind.UPHELD_APPEAL, Kind.EXTERNAL_DECISION):
        chosen = [one for one in limits if one.step is not Step.FAST] or limits
    else:
        first = min((one.step for one in limits), default=None)
        chosen = [one for one in limits if one.step == first]
    if not chosen:
        return None
    most = max(one.points for one in chosen)
    chosen = [one for one in chosen if one.points >= most - LESS]
    best = max(chosen, key=lambda one: (one.points, -one.start))
    day = next((one.deadline.on for one in chosen if one.deadline.on), None)
    amounts = {(one.deadline.amount, one.deadline.unit) for one in chosen if one.deadline.amount}
    merged = best.deadline
    counted = next((one.deadline for one in chosen if one.deadline.amount), None)
    if counted is not None and day is not None and len(chosen) == 2:
        merged = PrintedDeadline(day, counted.amount, counted.unit, counted.starts)
    days = {one.deadline.on for one in chosen if one.deadline.on}
    is_alone = len(amounts) <= 1 and len(days) <= 1
    is_sure = is_alone and best.points >= SURE
    return Find(
        FieldName.DEADLINE,
        notice.places.raw(best.start, best.end),
        notice.places.spots(best.start, best.end),
        HowSure.LIKELY if is_sure else HowSure.UNSURE,
        Note.NONE if is_alone else Note.OTHER_LIMIT,
        merged,
    )


def _limits(notice: Notice) -> Iterator[Limit]:
    for match in _AMOUNT.finditer(notice.text):
        amount = _NUMBERS.get(match["word"] or "") or _whole(match["figure"])
        before = notice.text[max(match.start() - 40, 0) : match.start()].replace("\n", " ")
        counts = _COUNTS.match(notice.text, match.end())
        if not amount or not (_LIMIT.search(before) or counts):
            continue
        if _MORE_TIME.search(before) or _RATE.search(before):
            continue
        sentence = notice.sentence_at(match.start())
        is_years = match["unit"][0] in "ya"
        printed = PrintedDeadline(
            amount=12 * amount if is_years else amount,
            unit="months" if is_years else _UNITS[match["unit"][0]],
            starts=_starts(notice, sentence, match.end()),
        )
        step = _step(notice, match.start(), match.end())
        if step is not None and _is_usual(printed):
            more = int(counts is not None) + int(printed.starts != "other")
            yield Limit(step[0], match.start(), match.end(), printed, step[1] + more)
    for date in notice.dates:
        before = notice.text[max(date.start - 60, 0) : date.start].replace("\n", " ")
        label = (
            before
            if notice.before(date.start).strip(" :.")
            else " ".join(notice.labels_of(date.start))
        )
        if not (_LIMIT_OF_DATE.search(before) or _LIMIT_OF_DATE.search(label)):
            continue
        step = _step(notice, date.start, date.end, label=label)
        if step is not None:
            yield Limit(step[0], date.start, date.end, PrintedDeadline(on=date.on), step[1] + 1)


def _is_usual(printed: PrintedDeadline) -> bool:
    """Whether a law or a plan may set so long a time: not a year of practice or a stay."""
    amount = printed.amount or 0
    if printed.unit == "days":
        return SHORTEST_DAYS <= amount <= LONGEST_DAYS
    return amount <= LONGEST_MONTHS


def _whole(figure: str | None) -> int:
    figures = (figure or "").translate(_FIGURES)
    return int(figures) if figures.isdecimal() else 0


def _step(notice: Notice, start: int, end: int, label: str = "") -> tuple[Step, int] | None:
    """The member's step that a limit is for, with what speaks for it; no clock of others."""
    sentence = notice.sentence_at(start)
    before, after = notice.text[sentence.start : start], notice.text[end : sentence.end]
    if (
        sentence.is_boilerplate
        or sentence.topic is Topic.KEEP
        or _is_others_clock(notice, before, after)
    ):
        return None
    words = notice.words
    whole = f"{before} {after}"
    points = 3 if words["deadline.strong_step"].stand_in(f"{label} {whole}") else 0
    if not points:
        points = _goes_on(notice, sentence)
    if words["deadline.own_step"].stand_in(before):
        points += 2
    elif words["deadline.step"].stand_in(whole):
        points += 1
    for name, step in (
        ("contact.fast", Step.FAST),
        ("deadline.external", Step.OUTSIDE),
        ("deadline.hearing", Step.HEARING),
    ):
        if words[name].stand_in(whole):
            return step, points
    return (Step.OUTSIDE if sentence.topic is Topic.OUTSIDE else Step.APPEAL), points


def _is_others_clock(notice: Notice, before: str, after: str) -> bool:
    """Whether someone else has to act within the limit: the nearer words decide."""
    words = notice.words
    if _PLANS_CLOCK.match(after.replace("\n", " ")):
        return True
    if words["deadline.no_limit"].stand_in(before + after):
        return True
    others = [span.end for span in words["deadline.other_clock"].spans(before)]
    steps = [span.end for span in words["deadline.own_step"].spans(before)]
    if steps:
        return bool(others) and others[-1] > steps[-1]
    return bool(others) or words["deadline.other_clock"].stand_in(after[:60])


def _goes_on(notice: Notice, sentence: Sentence) -> int:
    """Two points where the heading, or what stands right before, spoke of the step."""
    earlier = notice.text[max(sentence.start - EARLIER, 0) : sentence.start]
    is_below = sentence.topic in (Topic.APPEAL, Topic.OUTSIDE)
    return 2 if is_below or notice.words["deadline.strong_step"].stand_in(earlier) else 0


def _starts(
    notice: Notice, sentence: Sentence, end: int
) -> Literal["receipt", "notice_date", "other"]:
    """From what day the letter counts; the words after the figure say it, seldom those before."""
    words = notice.words
    after = notice.text[end : min(sentence.end, end + NEAR_AFTER)]
    following = _CLOCK_STARTS.match(notice.text, sentence.end)
    more = following.group() if following else ""
    for part in (after, notice.text[sentence.start : sentence.end], more):
        receipt = words["deadline.receipt"].first(part)
        printed = words["deadline.notice_date"].first(part)
        # "The day this letter came to you" speaks of receipt.
        if receipt and (printed is None or receipt.start < printed.start + SAME_PHRASE):
            return "receipt"
        if printed:
            return "notice_date"
    return "other"

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
    r"\b(?:within|in|have|has|had|by|before|than|until|up to|for|is|are|to|of|after|limit|deadline"
    r"|dentro del?|en|tiene|tienen|tendra|tardar|antes del?|hasta|plazo(?: del?)?|los|el|unos)"
    r"[:\s]*(?:the |a |los |el |las |un |about |only |full |plazo de )*\Z"
)
_LIMIT_OF_DATE = re.compile(
    r"\b(?:by|before|than|until|through|deadline(?: (?:for|to) [a-z ]{3,30})?(?: is)?"
    r"|due(?: by| on)?|last day[a-z ]{0,40} is|on or before"
    r"|tardar(?: el)?|antes del?|hasta(?: el)?|limite(?: es)?(?: el)?|vence(?: el)?)[:\s]*"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
    r"(?:el |dia |midnight |5 p\.m\. |close of business )*\Z"
)
_MORE_TIME = re.compile(
    r"\b(?:extend|extension|more time|extra|additional|another|prorrog|mas tiempo)\w*\s*\Z"
)
# After the figure: another's clock starts when the plan gets something.
_PLANS_CLOCK = re.compile(
    r"[^.;]{0,30}?\b(?:"
    r"(?:we|plan|it|they|ire|iro|board|opm) (?:have )?(?:get|gets|receive|receives|received|got)"
    r"|receipt of (?:your|the|an) (?:appeal|request|grievance|complaint|letter)"
    r"|(?:your|the|an?) (?:appeal|request|grievance)\w* (?:is|was|has been) (?:received|filed)"
    r"|recibamos|recibimos|recibir su"
    r"|getting (?:your|an?|the) (?:urgent |fast |written |expedited )?(?:appeal|request|grievance))"
)
NEAR_AFTER = 110
SAME_PHRASE = 30
# Some two lines, in letters.
EARLIER = 200


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
    says_step: bool


def deadline(notice: Notice, kind: Kind) -> Find | None:
    """The limit of the step that comes next after this decision."""
    limits = list(_limits(notice))
    if kind in (Kind.UPHELD_APPEAL, Kind.EXTERNAL_DECISION):
        chosen = [one for one in limits if one.step is not Step.FAST] or limits
    else:
        first = min((one.step for one in limits), default=None)
        chosen = [one for one in limits if one.step == first]
    if not chosen:
        return None
    best = max(chosen, key=lambda one: (one.says_step, -one.start))
    day = next((one.deadline.on for one in chosen if one.deadline.on), None)
    amounts = {(one.deadline.amount, one.deadline.unit) for one in chosen if one.deadline.amount}
    merged = best.deadline
    if best.deadline.on is None and day is not None and len(chosen) == 2:
        merged = PrintedDeadline(day, merged.amount, merged.unit, merged.starts)
    days = {one.deadline.on for one in chosen if one.deadline.on}
    is_sure = len(amounts) <= 1 and len(days) <= 1
    return Find(
        FieldName.DEADLINE,
        notice.places.raw(best.start, best.end),
        notice.places.spots(best.start, best.end),
        HowSure.LIKELY if is_sure else HowSure.UNSURE,
        Note.NONE if is_sure else Note.OTHER_LIMIT,
        merged,
    )


def _limits(notice: Notice) -> Iterator[Limit]:
    for match in _AMOUNT.finditer(notice.text):
        amount = _NUMBERS.get(match["word"] or "") or _whole(match["figure"])
        before = notice.text[max(match.start() - 40, 0) : match.start()].replace("\n", " ")
        if not amount or not _LIMIT.search(before) or _MORE_TIME.search(before):
            continue
        step = _step(notice, match.start(), match.end())
        if step is not None:
            sentence = notice.sentence_at(match.start())
            is_years = match["unit"][0] in "ya"
            printed = PrintedDeadline(
                amount=12 * amount if is_years else amount,
                unit="months" if is_years else _UNITS[match["unit"][0]],
                starts=_starts(notice, sentence, match.end()),
            )
            yield Limit(step[0], match.start(), match.end(), printed, step[1])
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
            yield Limit(step[0], date.start, date.end, PrintedDeadline(on=date.on), step[1])


def _whole(figure: str | None) -> int:
    figures = (figure or "").translate(_FIGURES)
    return int(figures) if figures.isdecimal() else 0


def _step(notice: Notice, start: int, end: int, label: str = "") -> tuple[Step, bool] | None:
    """The member's step that a limit is for; nothing for the clocks of others."""
    sentence = notice.sentence_at(start)
    before, after = notice.text[sentence.start : start], notice.text[end : sentence.end]
    if (
        sentence.is_boilerplate
        or sentence.topic is Topic.KEEP
        or _is_others_clock(notice, before, after)
    ):
        return None
    words = notice.words
    says = words["deadline.strong_step"].stand_in(f"{label} {before} {after}")
    if not says and not _goes_on(notice, sentence, before + after):
        return None
    whole = f"{before} {after}"
    for name, step in (
        ("contact.fast", Step.FAST),
        ("deadline.external", Step.OUTSIDE),
        ("deadline.hearing", Step.HEARING),
    ):
        if words[name].stand_in(whole):
            return step, says
    return (Step.OUTSIDE if sentence.topic is Topic.OUTSIDE else Step.APPEAL), says


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


def _goes_on(notice: Notice, sentence: Sentence, shown: str) -> bool:
    """Whether the heading, or what stands right before, spoke of the step."""
    earlier = notice.text[max(sentence.start - EARLIER, 0) : sentence.start]
    words = notice.words
    is_below = sentence.topic in (Topic.APPEAL, Topic.OUTSIDE)
    return (is_below or words["deadline.strong_step"].stand_in(earlier)) and words[
        "deadline.step"
    ].stand_in(shown)


def _starts(
    notice: Notice, sentence: Sentence, end: int
) -> Literal["receipt", "notice_date", "other"]:
    """From what day the letter counts; the words after the figure say it, seldom those before."""
    words = notice.words
    after = notice.text[end : min(sentence.end, end + NEAR_AFTER)]
    for part in (after, notice.text[sentence.start : sentence.end]):
        receipt = words["deadline.receipt"].first(part)
        printed = words["deadline.notice_date"].first(part)
        # "The day this letter came to you" speaks of receipt.
        if receipt and (printed is None or receipt.start < printed.start + SAME_PHRASE):
            return "receipt"
        if printed:
            return "notice_date"
    return "other"

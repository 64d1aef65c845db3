"""Why it was refused: wordings near words of refusal, and codes as a hint only."""

import re
from collections.abc import Iterator, Mapping

from appeals.notices.finding.finds import FieldName, Find, HowSure, Note, Spot
from appeals.notices.finding.notice import Notice, Sentence, Topic
from appeals.notices.finding.text import Span

# Codes with one meaning among our reasons; those with several, and 45, say nothing here.
REASON_BY_CODE: Mapping[str, str] = {
    code: reason
    for reason, codes in {
        "experimental_investigational": ("55", "56", "114", "188"),
        "not_medically_necessary": ("150", "186"),
        "no_prior_authorization": ("197", "210", "39", "15"),
        "out_of_network_or_site": ("58", "165", "172"),
        "quantity_or_frequency": ("119", "149", "154"),
        "missing_documentation": ("17", "163", "164", "226", "227", "148", "112"),
        "plan_exclusion": ("204",),
        "wrong_or_unlisted_code": ("4", "11", "125", "146", "181", "182", "189", "97"),
        "duplicate_or_late_claim": ("18", "29", "138"),
        "rems_or_provider_not_certified": ("184", "185"),
    }.items()
    for code in codes
}
# Where two words of several reasons stand in a sentence, the more telling reason comes first.
HINTED_FIRST = (
    "rems_or_provider_not_certified",
    "step_therapy",
    "continuation_without_benefit",
    "no_prior_authorization",
    "out_of_network_or_site",
    "wrong_or_unlisted_code",
    "duplicate_or_late_claim",
    "quantity_or_frequency",
    "experimental_investigational",
    "not_medically_necessary",
    "missing_documentation",
    "plan_exclusion",
)
# Wordings that mean something else where the other reason stands in the same sentence.
SAID_BETTER_BY: Mapping[str, tuple[str, ...]] = {
    "plan_exclusion": (
        "experimental_investigational",
        "not_medically_necessary",
        "out_of_network_or_site",
        "no_prior_authorization",
    ),
    "continuation_without_benefit": ("experimental_investigational", "missing_documentation"),
    "out_of_network_or_site": ("rems_or_provider_not_certified", "wrong_or_unlisted_code"),
    "duplicate_or_late_claim": ("no_prior_authorization",),
    "missing_documentation": ("rems_or_provider_not_certified", "no_prior_authorization"),
}
# "The criteria are not met" alone may speak of the criteria of these.
CRITERIA_OF = ("continuation_without_benefit", "step_therapy", "rems_or_provider_not_certified")
_NECESSITY = re.compile(r"necess|necesari|need|appropriate|sever")
_OF_PROGRESS_NOTES = re.compile(r"progress[ \n]notes?\b")
# In as many sentences a reason is told at length.
AT_LENGTH = 4
# Some four lines, in letters.
NEARBY = 350
_OWN_WORDS = re.compile(
    r"network|panel|hmo|referral|contract|record|notes|information|chart|plan's"
)
# How many sentences a word of refusal reaches, either way.
REACH = 2


def said_reasons(notice: Notice) -> tuple[dict[str, list[Span]], dict[str, list[Span]]]:
    """Each reason with the places that say it, and those that only a pair of words hints at."""
    found: dict[str, list[Span]] = {}
    hinted: dict[str, list[Span]] = {}
    sentences = notice.sentences
    for at, sentence in enumerate(sentences):
        if not _may_say_why(notice, sentence):
            continue
        near = sentences[max(at - REACH, 0) : at + REACH + 1]
        is_near = any(one.refuses and one.decides for one in near)
        said = {
            reason: spans
            for reason in notice.words.names("reasons")
            if (spans := _said(notice, reason, sentence, is_near=is_near))
        }
        if not said and (is_near or sentence.topic is Topic.DECISION):
            hinted.update(_hinted(notice, sentence, hinted))
        for reason, spans in said.items():
            if not _belongs_to_another(notice, reason, sentence, said, found):
                found.setdefault(reason, []).extend(spans)
    _drop_strays(notice, found)
    # A hint counts only where nothing is said outright, and the one most often met.
    most = max(hinted, key=lambda name: len(hinted[name]), default=None)
    return found, {} if found or most is None else {most: hinted[most]}


def _is_supported(notice: Notice, span: Span) -> bool:
    """Whether it stands under a heading of reasons, or in or beside a sentence that refuses."""
    sentence = notice.sentence_at(span.start)
    before = notice.sentence_at(max(sentence.start - 2, 0))
    after = notice.sentence_at(sentence.end + 2)
    near = (before, sentence, after)
    return sentence.topic is Topic.DECISION or any(one.refuses and one.decides for one in near)


def _drop_strays(notice: Notice, found: dict[str, list[Span]]) -> None:
    """Drop what one sentence says in passing where others say a different reason at length."""
    weights = {
        reason: len({notice.sentence_at(one.start).start for one in spans})
        for reason, spans in found.items()
    }
    most = max(weights.values(), default=0)
    for reason, weight in weights.items():
        refuses = any(notice.sentence_at(one.start).refuses for one in found[reason])
        if weight == 1 and most >= AT_LENGTH and not refuses:
            del found[reason]
    # "The plan leaves out what is not proven": the proof is the reason.
    if weights.get("plan_exclusion") == 1 and "experimental_investigational" in found:
        at = found.get("plan_exclusion", found["experimental_investigational"])[0].start
        is_plain = not any(
            "benefit" in notice.places.of(one) for one in found.get("plan_exclusion", ())
        )
        if is_plain and any(
            abs(one.start - at) < NEARBY for one in found["experimental_investigational"]
        ):
            found.pop("plan_exclusion", None)
    # A site outside the drug's program is called a location, a list and a form too.
    for reason in ("out_of_network_or_site", "missing_documentation"):
        if "rems_or_provider_not_certified" in found and weights.get(reason) == 1:
            spans = found.get(reason, [])
            if not any(_OWN_WORDS.search(notice.places.of(one)) for one in spans):
                found.pop(reason, None)


def reasons(
    notice: Notice,
    said: Mapping[str, list[Span]],
    hinted: Mapping[str, list[Span]],
    carc: Mapping[str, tuple[Spot, ...]],
) -> Iterator[Find]:
    """The reasons said, and those that only a hint or a code speaks for."""
    seen = {*said, *hinted}
    for reason, spans in hinted.items():
        yield _find(notice, reason, spans, Note.NO_CLEAR_WORDS)
    for reason, spans in said.items():
        sentences = {notice.sentence_at(one.start).start for one in spans}
        refuses = any(notice.sentence_at(one.start).refuses for one in spans)
        is_near = any(_is_supported(notice, one) for one in spans)
        is_plain = refuses or (is_near and len(sentences) > 1)
        yield _find(notice, reason, spans, Note.NONE if is_plain else Note.NO_CLEAR_WORDS)
    for code, code_spots in carc.items():
        reason_by_code = REASON_BY_CODE.get(code)
        if reason_by_code is not None and reason_by_code not in seen:
            seen.add(reason_by_code)
            yield Find(
                FieldName.REASON, reason_by_code, code_spots, HowSure.UNSURE, Note.ONLY_A_CODE
            )


def _find(notice: Notice, reason: str, spans: list[Span], note: Note) -> Find:
    """Never sure: of those said, fewer than half were right in letters not seen before."""
    spots = (spot for one in spans for spot in notice.places.spots(one.start, one.end))
    return Find(FieldName.REASON, reason, tuple(dict.fromkeys(spots)), HowSure.UNSURE, note)


def _said(notice: Notice, reason: str, sentence: Sentence, *, is_near: bool) -> list[Span]:
    """What of this reason's wordings counts in a sentence."""
    lists = []
    if is_near or sentence.topic in (Topic.BODY, Topic.DECISION):
        lists.append(f"reasons.{reason}.strong")
    if sentence.refuses:
        lists.append(f"reasons.{reason}.weak")
    return [
        span
        for name in lists
        if name in notice.words.lists
        for span in notice.words[name].spans(notice.text, sentence.start, sentence.end)
        if not _OF_PROGRESS_NOTES.match(notice.text, span.end - len("progress"))
    ]


def _hinted(
    notice: Notice, sentence: Sentence, before: Mapping[str, list[Span]]
) -> dict[str, list[Span]]:
    """The first reason of which two wordings stand in the sentence, in the order of the file."""
    for reason in HINTED_FIRST:
        for one, other in notice.words.pairs.get(reason, ()):
            first = one.first(notice.text, sentence.start, sentence.end)
            second = other.first(notice.text, sentence.start, sentence.end)
            if first and second:
                return {reason: [*before.get(reason, ()), first, second]}
    return {}


def _belongs_to_another(
    notice: Notice,
    reason: str,
    sentence: Sentence,
    said: Mapping[str, list[Span]],
    found: Mapping[str, list[Span]],
) -> bool:
    """Whether the same words say the other reason of the sentence better."""
    if any(other in said for other in SAID_BETTER_BY.get(reason, ())):
        return True
    if reason == "no_prior_authorization" and "rems_or_provider_not_certified" in said:
        return all("certif" in notice.places.of(one) for one in said[reason])
    if reason == "not_medically_necessary" and not any(
        _NECESSITY.search(notice.places.of(one)) for one in said[reason]
    ):
        return any(other in said for other in CRITERIA_OF)
    # "Section 6, exclusions, says that we do not pay for such services": the reason stood before.
    return reason == "plan_exclusion" and bool(found) and notice.has("refers_back", sentence)


def _may_say_why(notice: Notice, sentence: Sentence) -> bool:
    """Whether it speaks of this decision; below "Your rights" only if it says so outright."""
    if not sentence.decides or sentence.is_heading:
        return False
    if sentence.topic in (Topic.APPEAL, Topic.OUTSIDE, Topic.KEEP):
        return notice.has("refusal_plain", sentence)
    return sentence.topic in (Topic.BODY, Topic.DECISION) or sentence.refuses

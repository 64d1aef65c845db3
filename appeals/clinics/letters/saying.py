"""What a page sends of a letter: of its words, its facts and its clinician what was changed.

Three states are held against one another: as the page was shown, as the letter is saved now, and
as it was typed. What somebody did not touch stays as others left it meanwhile.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from appeals.clinics.letters.writing import Writing
from appeals.forms.letters.facts import PREFIX as TOLD
from appeals.letters.edits import TEXT, Edits
from appeals.models import Clinician

WAS = "was"
"""The facts, the open words and the clinician as the page was shown with them."""
CLINICIAN = "clinician"


@dataclass(frozen=True, slots=True)
class Differing:
    """Something that two people wrote at once."""

    label: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Said:
    """Facts to write, None to take one away; and those that somebody else changed meanwhile."""

    facts: Mapping[str, str | None] = field(default_factory=dict)
    both: tuple[Differing, ...] = ()


def shown_of(saved: Writing, *, is_open: str) -> QueryDict:
    """What the page of a letter as it is saved has in the fields that can be changed on it."""
    shown = saved.saved.copy()
    shown[CLINICIAN] = str(saved.letter.clinician_id or "")
    if is_open:
        shown[f"{TEXT}{is_open}"] = saved.words_of(is_open)
    return shown


def touched(data: QueryDict) -> QueryDict:
    """Of what a page sends, what was changed on it since it was shown."""
    was = QueryDict(data.get(WAS, ""))
    kept = QueryDict(mutable=True)
    for name, values in data.lists():
        is_field = name.startswith((f"{TOLD}-", TEXT)) or name == CLINICIAN
        if is_field and _plain(data.get(name)) != _plain(was.get(name, "")):
            kept.setlist(name, [str(one) for one in values])
    return kept


def words_of_both(saved: Writing, data: QueryDict, names: Mapping[str, str]) -> Iterator[Differing]:
    """The parts that somebody else wrote in as well; `names` is what each part is called."""
    was = QueryDict(data.get(WAS, ""))
    for field_name in touched(data):
        if not field_name.startswith(TEXT) or field_name not in was:
            continue
        part = field_name.removeprefix(TEXT)
        mine, theirs = _plain(data.get(field_name)), _plain(saved.words_of(part))
        if theirs not in (mine, _plain(was.get(field_name))):
            yield Differing(names.get(part, "Words of our own"), mine or "empty", theirs or "empty")


def clinicians_of_both(
    saved: Writing, data: QueryDict, mine: Clinician | None
) -> Iterator[Differing]:
    """The clinician, where somebody else chose another."""
    theirs, was = saved.letter.clinician, QueryDict(data.get(WAS, ""))
    is_shown = str(theirs.pk if theirs else "") == was.get(CLINICIAN, "")
    if CLINICIAN in touched(data) and CLINICIAN in was and not is_shown and theirs != mine:
        yield Differing("Clinician", str(mine or "none"), str(theirs or "none"))


def edits_sent(before: Edits, data: QueryDict) -> Edits:
    """The changes to a letter, with the words that a page sent."""
    sent = Edits.of(data.lists())
    return Edits(before.order, before.left_out, before.added, {**before.texts, **sent.texts})


def facts_said(writing: Writing, data: QueryDict) -> Said:
    """What was changed on the page since it was shown; what stands as it was is not written.

    A fact that is as the denial has it is not kept, so that it follows the denial.
    """
    was = QueryDict(data.get(WAS, ""))
    facts: dict[str, str | None] = {}
    both = []
    for name, text in _changed(writing, data, was):
        field_name = f"{TOLD}-{name}"
        theirs = _plain(writing.saved.get(field_name, ""))
        if theirs not in (_plain(was.get(field_name, "")), text):
            label = str(writing.form[name].label)
            both.append(Differing(label, text or "empty", theirs or "empty"))
        kept = str(writing.form.told[name]) if name in writing.form.told else text
        facts[name] = None if text == _plain(writing.defaults.get(name, "")) else kept
    return Said(facts, tuple(both))


def _changed(writing: Writing, data: QueryDict, was: QueryDict) -> Iterator[tuple[str, str]]:
    for name in writing.names:
        field_name = f"{TOLD}-{name}"
        if field_name in data and (text := _plain(data.get(field_name))) != _plain(
            was.get(field_name, "")
        ):
            yield name, text


def _plain(text: str | None) -> str:
    # A text that a form sends has the line ends of the net.
    return (text or "").replace("\r\n", "\n").strip()

"""What comes out of a worked case, which lines decide it, and which one turned it."""

from collections.abc import Iterator
from dataclasses import dataclass

from policies.catalogue import Document, Edition
from policies.criteria import Group, Operator
from policies.facts import Facts
from policies.faults import join
from policies.matcher import Finding
from policies.truth import Truth
from policies.verdict import DocumentAnswer, PositionAnswer, judge_document, judge_position
from policies.worked_cases.cases import Difference, Settled, WorkedCase, differences, settle


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A line of an edition with what was found of it; `within` are the groups around it.

    `place` is where it stands in the edition's data form.
    """

    place: str
    finding: Finding
    within: tuple["FoundLine", ...] = ()

    @property
    def key(self) -> str:
        """What tells it in another edition: its id, or else its words."""
        return self.finding.node.id or self.finding.node.label


@dataclass(frozen=True, slots=True)
class CameOut:
    """A case run on a document: what differs from what it wants, and the lines that decide.

    `edition` and `answer` are None where nothing was in force on its day.
    """

    settled: Settled
    answer: DocumentAnswer | None
    differences: tuple[Difference, ...]
    lines: tuple[FoundLine, ...]
    deciding: tuple[FoundLine, ...]

    @property
    def case(self) -> WorkedCase:
        return self.settled.case

    @property
    def edition(self) -> Edition | None:
        return self.settled.edition

    @property
    def is_as_wanted(self) -> bool:
        return self.answer is not None and not self.differences

    def line(self, name: str) -> FoundLine | None:
        """The line of a criterion id."""
        return next((one for one in self.lines if one.finding.node.id == name), None)


def look_at(case: WorkedCase, document: Document) -> CameOut:
    """Run a case, and keep all that explains what came of it."""
    settled = settle(case, document)
    if settled.edition is None:
        return CameOut(settled, None, (), (), ())
    facts = settled.facts
    answer = judge_document(
        document, settled.edition, treatment=case.situation.treatment, facts=facts
    )
    return CameOut(
        settled,
        answer,
        tuple(differences(settled, answer, facts)),
        tuple(_lines(settled, settled.edition, facts)),
        tuple(_deciding(answer)),
    )


def turned_lines(out: CameOut, before: Edition) -> tuple[FoundLine, ...]:
    """The lines that decide a case and came out otherwise in an earlier edition, or are new.

    Lines inside a line that is new are not named besides it.
    """
    held: dict[str, set[Truth]] = {}
    for line in _asked_before(out, before):
        held.setdefault(line.key, set()).add(line.finding.truth)
    lines = _asked(out.answer)
    new = {one.place for one in lines if one.key not in held}
    turned = [
        one
        for one in lines
        if one.finding.truth not in held.get(one.key, ())
        and not any(around.place in new for around in one.within)
    ]
    # A group that turned by a line inside it is told by that line.
    around = {group.place for one in turned for group in one.within}
    return tuple(one for one in turned if one.place not in around)


def gone_lines(out: CameOut, before: Edition) -> tuple[FoundLine, ...]:
    """The lines that an earlier edition had and the case's own has not, the outermost alone."""
    held = {one.key for one in _asked(out.answer)}
    gone = [one for one in _asked_before(out, before) if one.key not in held]
    places = {one.place for one in gone}
    return tuple(one for one in gone if not any(around.place in places for around in one.within))


def _asked_before(out: CameOut, before: Edition) -> list[FoundLine]:
    """The lines that decided in an earlier edition."""
    if out.answer is None:
        return []
    treatment, facts = out.settled.situation.treatment, out.settled.facts
    return _asked(judge_document(out.answer.document, before, treatment=treatment, facts=facts))


def _asked(answer: DocumentAnswer | None) -> list[FoundLine]:
    """Every line of the positions that decide."""
    if answer is None:
        return []
    tops = (top for one in answer.positions for top in _top(one, answer.edition))
    return [line for top in tops for line in _walk(top)]


def _lines(settled: Settled, edition: Edition, facts: Facts) -> Iterator[FoundLine]:
    """Every line of the positions on the treatment, in reading order."""
    for position in edition.positions:
        if position.treatment is settled.situation.treatment:
            for top in _top(judge_position(edition, position, facts), edition):
                yield from _walk(top)


def _top(answer: PositionAnswer, edition: Edition) -> Iterator[FoundLine]:
    if answer.findings is not None:
        index = next(
            number
            for number, position in enumerate(edition.positions)
            if position is answer.position
        )
        name = "continuation" if answer.is_continuation else "criteria"
        yield FoundLine(f"positions[{index}].{name}", answer.findings)


def _walk(line: FoundLine) -> Iterator[FoundLine]:
    yield line
    for member in _members(line):
        yield from _walk(member)


def _members(line: FoundLine) -> Iterator[FoundLine]:
    node = line.finding.node
    if not isinstance(node, Group):
        return
    within = (*line.within, line)
    for index, member in enumerate(line.finding.members):
        yield FoundLine(_place_of_member(line.place, node, index), member, within)


def _place_of_member(place: str, node: Group, index: int) -> str:
    if node.operator is Operator.FIRST_LIST:
        # It stands for the first list of its position, where its lines are.
        return f"{place.partition('.')[0]}.criteria"
    held = "of" if node.operator is Operator.AT_LEAST else node.operator.value
    return join(place, f"{held}[{index}]")


def _deciding(answer: DocumentAnswer) -> Iterator[FoundLine]:
    """The lines that make the leading position come out as it does."""
    if answer.positions:
        for top in _top(answer.positions[0], answer.edition):
            yield from _descend(top)


def _descend(line: FoundLine) -> Iterator[FoundLine]:
    members = list(_members(line))
    if not members:
        yield line
        return
    found = line.finding
    # What is excluded has its truth turned; those inside it have theirs as they are.
    truth = ~found.truth if found.is_exclusion else found.truth
    for member in members:
        if member.finding.truth is truth:
            yield from _descend(member)

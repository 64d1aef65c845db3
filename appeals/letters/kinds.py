"""The kinds of letter: what each is for, who signs it, and its blocks in their order."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from appeals.law.arguments import EnclosureId
from appeals.law.files import DATA, LawReader, read_data
from appeals.law.plan_types import PlanType
from appeals.law.reasons import ReasonId
from appeals.law.rights import rights
from appeals.letters.facts import letter_facts
from policies.faults import join

FOLDER = "letters"


class LetterKind(StrEnum):
    """A document that can be written."""

    INTERNAL_APPEAL = "internal_appeal"
    EXTERNAL_REVIEW = "external_review"
    EXPEDITED_CERTIFICATION = "expedited_certification"
    MEDICAL_NECESSITY = "medical_necessity"
    PRIOR_AUTHORIZATION = "prior_authorization"
    STEP_EXCEPTION = "step_exception"
    PEER_TO_PEER = "peer_to_peer"
    DOCUMENTS_REQUEST = "documents_request"
    PARITY_REQUEST = "parity_request"
    KEEP_SERVICES = "keep_services"
    GOOD_CAUSE = "good_cause"
    REPRESENTATIVE = "representative"
    COMPLAINT = "complaint"
    EMPLOYER_EXCEPTION = "employer_exception"
    NETWORK_GAP = "network_gap"
    RETROSPECTIVE_AUTHORIZATION = "retrospective_authorization"
    CORRECTED_CLAIM = "corrected_claim"
    OUT_OF_NETWORK_CLAIM = "out_of_network_claim"


class Voice(StrEnum):
    """Who signs; nobody signs what only another can know."""

    PATIENT = "patient"
    PARENT = "parent"
    REPRESENTATIVE = "representative"
    CLINICIAN = "clinician"


class Must(StrEnum):
    """Whether a block has to stand, or only where its facts are known."""

    MUST = "must"
    IF_KNOWN = "if_known"


@dataclass(frozen=True, slots=True)
class BlockPlan:
    """One block of the anatomy: its place, its heading (empty for none), and whether it must be."""

    id: str
    heading: str
    rule: Must


@dataclass(frozen=True, slots=True)
class Fits:
    """When a kind is offered; what is None or empty narrows nothing.

    With `rights` one of them has to hold; with `plan_types` the plan has to be of one of them.
    """

    needs_denial: bool | None = None
    needs_external_review: bool = False
    rights: tuple[str, ...] = ()
    plan_types: tuple[PlanType, ...] = ()


@dataclass(frozen=True, slots=True)
class KindPlan:
    """A kind of letter as its file has it.

    `reorder` gives for a reason of the denial the blocks that stand instead, in their order. `must`
    and `if_known` are the facts it asks for; `first_for` the reasons for which it is offered first.
    `never` is what such a letter never does, `sources` where its anatomy was read.
    """

    id: LetterKind
    name: str
    title: str
    purpose: str
    voices: tuple[Voice, ...]
    fits: Fits
    blocks: tuple[BlockPlan, ...]
    reorder: Mapping[ReasonId, tuple[str, ...]]
    must: tuple[str, ...]
    if_known: tuple[str, ...]
    enclosures: tuple[EnclosureId, ...]
    first_for: tuple[ReasonId, ...]
    never: tuple[str, ...]
    sources: tuple[str, ...]
    is_letter: bool = True

    def blocks_for(self, reasons: tuple[ReasonId, ...]) -> tuple[BlockPlan, ...]:
        """The blocks in their order; where every reason has one order of its own, in that."""
        orders = {self.reorder.get(one) for one in reasons}
        if len(orders) != 1 or (order := orders.pop()) is None:
            return self.blocks
        by_id = {one.id: one for one in self.blocks}
        return tuple(by_id[one] for one in order)


def kind_plan(kind: LetterKind) -> KindPlan:
    return kind_plans()[kind]


@cache
def kind_plans() -> Mapping[LetterKind, KindPlan]:
    """Every kind, in the order of the files."""
    found: dict[LetterKind, KindPlan] = {}
    for path in sorted((DATA / FOLDER).glob("*.yaml")):
        found |= {one.id: one for one in read_data(f"{FOLDER}/{path.name}", read_kinds)}
    return found


def read_kinds(data: object) -> tuple[KindPlan, ...]:
    """Read a list of kinds; InputError names every fault by place."""
    reader = KindReader()
    found = reader.whole_list(data, reader.kind)
    reader.distinct(tuple(one.id for one in found), "")
    reader.raise_faults()
    return found


class KindReader(LawReader):
    """Reads kinds of letter."""

    def kind(self, data: object, place: str) -> KindPlan:
        entries = self.mapping(data, place, (*KindPlan.__dataclass_fields__,))
        blocks = self.listed(entries, "blocks", place, self.block)
        self.distinct(tuple(one.id for one in blocks), join(place, "blocks"))
        return KindPlan(
            id=self.choice(entries, "id", place, LetterKind),
            name=self.text(entries, "name", place, wanted="what it is called"),
            title=self.text(entries, "title", place, wanted="what stands above it"),
            purpose=self.text(entries, "purpose", place, wanted="what it is for"),
            voices=self.choices(entries, "voices", place, Voice),
            fits=self.fits(entries.get("fits", {}), join(place, "fits")),
            blocks=blocks,
            reorder=self.orders(entries.get("reorder", {}), join(place, "reorder"), blocks),
            must=self.fact_names(entries, "must", place),
            if_known=self.fact_names(entries, "if_known", place),
            enclosures=self.choices(entries, "enclosures", place, EnclosureId),
            first_for=self.choices(entries, "first_for", place, ReasonId),
            never=self.texts(entries, "never", place),
            sources=self.urls(entries, "sources", place),
            is_letter="is_letter" not in entries or self.flag(entries, "is_letter", place),
        )

    def block(self, data: object, place: str) -> BlockPlan:
        """A name alone, which must stand, or an object with a heading and a rule."""
        if isinstance(data, str):
            data = {"id": data}
        entries = self.mapping(data, place, ("id", "heading", "rule"))
        return BlockPlan(
            id=self.text(entries, "id", place, wanted="the block's name"),
            heading=self.text(entries, "heading", place),
            rule=self.choice(entries, "rule", place, Must, Must.MUST),
        )

    def fits(self, data: object, place: str) -> Fits:
        known = ("needs_denial", "needs_external_review", "rights", "plan_types")
        entries = self.mapping(data, place, known)
        named = self.texts(entries, "rights", place)
        for one in named:
            if one not in rights():
                self.add(join(place, "rights"), f"there is no right {one!r} in rights.yaml")
        return Fits(
            needs_denial=(
                self.flag(entries, "needs_denial", place) if "needs_denial" in entries else None
            ),
            needs_external_review=self.flag(entries, "needs_external_review", place),
            rights=named,
            plan_types=self.choices(entries, "plan_types", place, PlanType),
        )

    def orders(
        self, data: object, place: str, blocks: tuple[BlockPlan, ...]
    ) -> Mapping[ReasonId, tuple[str, ...]]:
        """For some reasons, the names of the blocks that stand, in their order."""
        entries = self.mapping(data, place, list(ReasonId))
        known = {one.id for one in blocks}
        found = {ReasonId(name): self.texts(entries, name, place) for name in entries}
        for reason, order in found.items():
            for one in order:
                if one not in known:
                    self.add(join(place, reason), f"there is no block {one!r} in this kind")
        return found

    def fact_names(self, entries: Mapping[str, object], name: str, place: str) -> tuple[str, ...]:
        found = self.texts(entries, name, place)
        for one in found:
            if one not in letter_facts():
                self.add(join(place, name), f"there is no fact {one!r} in letter_facts.yaml")
        return found

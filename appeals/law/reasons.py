"""The reasons for a denial: what each means, what answers it, and what never does."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from appeals.law.arguments import ArgumentId, EnclosureId, Sentence, SentenceReader
from appeals.law.circumstances import Note
from appeals.law.files import read_data
from policies.faults import join


class ReasonId(StrEnum):
    """Why a plan said no."""

    EXPERIMENTAL_INVESTIGATIONAL = "experimental_investigational"
    NOT_MEDICALLY_NECESSARY = "not_medically_necessary"
    STEP_THERAPY = "step_therapy"
    NO_PRIOR_AUTHORIZATION = "no_prior_authorization"
    OUT_OF_NETWORK_OR_SITE = "out_of_network_or_site"
    QUANTITY_OR_FREQUENCY = "quantity_or_frequency"
    MISSING_DOCUMENTATION = "missing_documentation"
    PLAN_EXCLUSION = "plan_exclusion"
    WRONG_OR_UNLISTED_CODE = "wrong_or_unlisted_code"
    CONTINUATION_WITHOUT_BENEFIT = "continuation_without_benefit"
    DUPLICATE_OR_LATE_CLAIM = "duplicate_or_late_claim"
    REMS_OR_PROVIDER_NOT_CERTIFIED = "rems_or_provider_not_certified"

    @property
    def turns_on_facts(self) -> bool:
        """Whether it is about benefits, bills or papers; any other is a medical judgment."""
        return self in (
            ReasonId.NO_PRIOR_AUTHORIZATION,
            ReasonId.OUT_OF_NETWORK_OR_SITE,
            ReasonId.MISSING_DOCUMENTATION,
            ReasonId.PLAN_EXCLUSION,
            ReasonId.WRONG_OR_UNLISTED_CODE,
            ReasonId.DUPLICATE_OR_LATE_CLAIM,
            ReasonId.REMS_OR_PROVIDER_NOT_CERTIFIED,
        )


class Reaches(StrEnum):
    """Whether an outside review can look at a denial."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    DEPENDS = "depends"


@dataclass(frozen=True, slots=True)
class Code:
    """A claim adjustment reason code (CARC) and our short words for what it means here."""

    code: str
    means: str


@dataclass(frozen=True, slots=True)
class ReasonArgument:
    """An argument that a reason may use; `only_if` is what has to be so of this request."""

    id: ArgumentId
    only_if: str = ""


@dataclass(frozen=True, slots=True)
class ReviewOfReason:
    """Whether an outside review can look at a reason, and what narrows that."""

    reaches: Reaches
    text: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class DenialReason:
    """One reason for a denial; `carc` and `rarc` are codes that may go with it, as a hint."""

    id: ReasonId
    label: str
    meaning: str
    answers: tuple[Sentence, ...]
    enclosures: tuple[EnclosureId, ...]
    arguments: tuple[ReasonArgument, ...]
    never: tuple[Sentence, ...]
    external_review: ReviewOfReason
    first_move: tuple[Sentence, ...]
    also: tuple[Sentence, ...]
    notes: tuple[Sentence, ...]
    carc: tuple[Code, ...]
    rarc: tuple[str, ...]
    sources: tuple[str, ...]


def denial_reason(reason: ReasonId) -> DenialReason:
    return denial_reasons()[reason]


@cache
def denial_reasons() -> Mapping[ReasonId, DenialReason]:
    """Every reason, in the order of the file."""
    return {one.id: one for one in read_data("denial_reasons.yaml", read_reasons)}


def read_reasons(data: object) -> tuple[DenialReason, ...]:
    """Read the list of reasons; InputError names every fault by place."""
    reader = ReasonReader()
    found = reader.whole_list(data, reader.reason)
    reader.distinct(tuple(one.id for one in found), "")
    missing = [one for one in ReasonId if one not in {reason.id for reason in found}]
    if missing:
        reader.add("", f"missing: {', '.join(missing)}")
    reader.raise_faults()
    return found


class ReasonReader(SentenceReader):
    """Reads reasons with what they name."""

    def reason(self, data: object, place: str) -> DenialReason:
        entries = self.mapping(data, place, DenialReason.__dataclass_fields__)
        found = DenialReason(
            id=self.choice(entries, "id", place, ReasonId),
            label=self.text(entries, "label", place, wanted="a name, as on a list"),
            meaning=self.text(entries, "meaning", place, wanted="what it means, in our words"),
            answers=self.listed(entries, "answers", place, self.sentence),
            enclosures=self.choices(entries, "enclosures", place, EnclosureId),
            arguments=self.listed(entries, "arguments", place, self.argument),
            never=self.listed(entries, "never", place, self.sentence),
            external_review=self.review(entries.get("external_review"), place),
            first_move=self.sentences(entries, "first_move", place),
            also=self.sentences(entries, "also", place),
            notes=self.sentences(entries, "notes", place),
            carc=self.listed(entries, "carc", place, self.code) if "carc" in entries else (),
            rarc=self.texts(entries, "rarc", place),
            sources=self.urls(entries, "sources", place),
        )
        for name in ("answers", "enclosures", "arguments", "never", "sources"):
            if not getattr(found, name):
                self.add(join(place, name), "missing: give at least one")
        return found

    def argument(self, data: object, place: str) -> ReasonArgument:
        if isinstance(data, str):
            data = {"id": data}
        entries = self.mapping(data, place, ("id", "only_if"))
        return ReasonArgument(
            id=self.choice(entries, "id", place, ArgumentId),
            only_if=self.text(entries, "only_if", place),
        )

    def review(self, data: object, place: str) -> ReviewOfReason:
        inner = join(place, "external_review")
        entries = self.mapping(data, inner, ("reaches", "text", "notes"))
        return ReviewOfReason(
            reaches=self.choice(entries, "reaches", inner, Reaches),
            text=self.text(entries, "text", inner, wanted="a sentence on what it reaches"),
            notes=self.notes(entries, "notes", inner),
        )

    def code(self, data: object, place: str) -> Code:
        entries = self.mapping(data, place, ("code", "means"))
        return Code(
            code=self.text(entries, "code", place, wanted="the number, in quotes"),
            means=self.text(entries, "means", place, wanted="our short words for it"),
        )

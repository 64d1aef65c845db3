"""What the FDA has and has not approved of each treatment, as the guide's facts have it."""

from dataclasses import dataclass

from django.utils.translation import get_language

from policies import guide
from policies.situation import Treatment


@dataclass(frozen=True, slots=True)
class TreatmentNote:
    """A few sentences on a treatment, in the reader's language when they are asked for."""

    facts: tuple[guide.Fact, ...]

    @property
    def text(self) -> str:
        return " ".join(fact.text.in_language(get_language() or "en") for fact in self.facts)

    @property
    def sources(self) -> tuple[tuple[str, str], ...]:
        """Where it was read, as (label, address), each address once."""
        language = get_language() or "en"
        return tuple(
            {
                source.url: (source.label.in_language(language), source.url)
                for fact in self.facts
                for source in fact.sources
            }.values()
        )


def _note(*ids: str) -> TreatmentNote:
    return TreatmentNote(tuple(guide.fact(one) for one in ids))


NOTES = {
    Treatment.IV_KETAMINE: _note("ketamine_approved_for"),
    Treatment.IM_SC_KETAMINE: _note("ketamine_approved_for"),
    Treatment.ESKETAMINE_NASAL: _note("esketamine_approved_for", "esketamine_suicidality_limit"),
    Treatment.INTRANASAL_COMPOUNDED_KETAMINE: _note("compounded_spray_warning"),
    Treatment.ORAL_KETAMINE: _note("compounded_warning"),
}

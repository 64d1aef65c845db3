"""The checklist beside a case: what each document that applies says, with every source."""

from dataclasses import dataclass

from policies.check import Answer
from policies.presenting.documents import ACCENTS, DocumentView, present_document
from policies.score import Score
from policies.situation import Asker
from policies.wording import cautions, headline, reason, standing


@dataclass(frozen=True, slots=True)
class ChecklistView:
    """The answer as it stands; the first of `documents` is the one it goes by."""

    headline: str
    accent: str
    reason: str
    standing: str
    cautions: tuple[str, ...]
    documents: tuple[DocumentView, ...]
    disagrees: bool

    @property
    def score(self) -> Score | None:
        """How the list that decides stands."""
        positions = self.documents[0].positions if self.documents else ()
        return positions[0].score if positions and not self.disagrees else None


def present_checklist(answer: Answer) -> ChecklistView:
    """Finish the words of an answer for whoever carries the case."""
    return ChecklistView(
        headline=headline(answer),
        accent="unknown" if answer.verdict is None else ACCENTS.get(answer.verdict, ""),
        reason=reason(answer),
        standing=standing(answer),
        cautions=cautions(answer),
        documents=tuple(
            present_document(
                one,
                number,
                is_alone_first=number == 1 and not answer.disagreeing,
                asker=Asker.CLINIC,
            )
            for number, one in enumerate(answer.documents, 1)
        ),
        disagrees=bool(answer.disagreeing),
    )

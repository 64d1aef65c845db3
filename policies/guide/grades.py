"""How a fact was read: one scale, worded everywhere the same."""

from enum import StrEnum

from policies.guide.words import Words


class Grade(StrEnum):
    """How a fact was read, the surest first."""

    SOURCE = "source"
    COPY = "copy"
    STUDY = "study"
    COUNTED = "counted"
    AGREE = "agree"
    SECOND_HAND = "second_hand"
    PREPRINT = "preprint"
    COMMERCIAL = "commercial"
    TO_CONFIRM = "to_confirm"

    @property
    def label(self) -> Words:
        return _GRADES[self][0]

    @property
    def explanation(self) -> Words:
        """What it means, for a reader."""
        return _GRADES[self][1]


_GRADES = {
    Grade.SOURCE: (
        Words("read at the source", "leído en la fuente"),
        Words(
            "We read the page of the agency, the maker or the group that the fact comes from.",
            "Leímos la página de la agencia, del fabricante o del grupo de donde viene el dato.",
        ),
    ),
    Grade.COPY: (
        Words("read in a copy", "leído en una copia"),
        Words(
            "We read the words of the law, the label or the alert as someone else copied them.",
            "Leímos las palabras de la ley, de la etiqueta o de la alerta en una copia de otros.",
        ),
    ),
    Grade.STUDY: (
        Words("published study, summary read", "estudio publicado, resumen leído"),
        Words(
            "We read the study's own summary, not all of the study.",
            "Leímos el resumen del estudio, no el estudio completo.",
        ),
    ),
    Grade.COUNTED: (
        Words(
            "counted from a public copy of the data", "contado en una copia pública de los datos"
        ),
        Words(
            "The figure was counted from a public copy of the agency's own data.",
            "La cifra se contó en una copia pública de los datos de la agencia.",
        ),
    ),
    Grade.AGREE: (
        Words("second-hand, and the accounts agree", "de segunda mano, y las fuentes coinciden"),
        Words(
            "We read only what others say of the source, and two or more of them agree.",
            "Leímos solo lo que otros dicen de la fuente, y dos o más coinciden.",
        ),
    ),
    Grade.SECOND_HAND: (
        Words("second-hand", "de segunda mano"),
        Words(
            "We read only what someone else says of the source.",
            "Leímos solo lo que otra persona dice de la fuente.",
        ),
    ),
    Grade.PREPRINT: (
        Words("survey, not peer reviewed", "encuesta sin revisión por pares"),
        Words(
            "The author put the survey online. No other experts have checked it yet.",
            "El autor publicó la encuesta en línea. Otros expertos aún no la han revisado.",
        ),
    ),
    Grade.COMMERCIAL: (
        Words("clinic or patient group page", "página de una clínica o un grupo de pacientes"),
        Words(
            "A clinic, a company or a patient group says so on its own page.",
            "Lo dice una clínica, una empresa o un grupo de pacientes en su propia página.",
        ),
    ),
    Grade.TO_CONFIRM: (
        Words("to confirm", "por confirmar"),
        Words(
            "We found no source that settles it. Ask before you count on it.",
            "No encontramos una fuente que lo confirme. Pregunte antes de contar con ello.",
        ),
    ),
}

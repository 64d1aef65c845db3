"""Letters made by hand, plainly of samples, for what sets them: a page, a long one, a draft, ..."""

import datetime as dt
from dataclasses import replace

from appeals.letters.content import (
    Basis,
    Block,
    Boxes,
    Element,
    Enclosed,
    Facts,
    Gap,
    Items,
    LetterContent,
    Lines,
    Origin,
    Paragraph,
    Piece,
    Sentence,
    Signature,
    Table,
)

ON = dt.date(2026, 11, 26)
FORM = (Basis(Origin.FORM, "sample"),)
ENCLOSURES = (
    "Denial notice of November 2, 2026",
    "Rating scales: PHQ-9 and MADRS, October 2026",
    "Chart notes from January to October 2026",
    "Pharmacy record of four antidepressants",
)


def said(*pieces: Piece) -> Sentence:
    return Sentence(pieces, FORM)


def cell(*texts: str) -> tuple[Sentence, ...]:
    return tuple(said(text) for text in texts)


def paragraph(*texts: str) -> Paragraph:
    return Paragraph(cell(*texts))


def block(name: str, *elements: Element, heading: str = "") -> Block:
    return Block(name, heading, elements)


def enclosed(*labels: str) -> tuple[Enclosed, ...]:
    return tuple(
        Enclosed(number, f"sample_{number}", label, is_on_hand=True)
        for number, label in enumerate(labels, start=1)
    )


def content_of(*blocks: Block, **changes: object) -> LetterContent:
    """A letter of these blocks alone, and nothing else in it."""
    content = LetterContent(
        kind="internal_appeal",
        voice="patient",
        title="Appeal of a denial of esketamine nasal spray",
        language="en",
        on=ON,
        running=said("Appeal: Sample Patient, member ID SAMPLE-0001, reference R-555-0100"),
        blocks=blocks,
    )
    return replace(content, **changes)  # type: ignore[arg-type]


ADDRESSES = block(
    "addresses",
    Lines(cell("November 26, 2026")),
    Lines(
        cell(
            "Sample Health Plan",
            "Appeals Department",
            "100 Example Street",
            "Sample City, ST 00000",
        )
    ),
    Lines(cell("By fax to 800-555-0199")),
)
SUBJECT = block("subject", Lines(cell("EXPEDITED APPEAL of the denial of November 2, 2026"), True))
REFERENCE = block(
    "reference",
    Facts(
        (
            ("Member", said("Sample Patient, born May 5, 1980")),
            ("Member ID", said("SAMPLE-0001")),
            ("Group number", said("SAMPLE-GROUP")),
            ("Reference", said("R-555-0100")),
            ("Service", said("Esketamine nasal spray (Spravato), HCPCS G2082 and G2083")),
            ("Treating clinician", said("Sample Clinician, MD, 555-0101")),
            ("Date of the denial", said("November 2, 2026")),
        )
    ),
)
REQUEST = block(
    "request",
    paragraph(
        "I ask Sample Health Plan to overturn its denial of November 2, 2026, and to approve "
        "esketamine nasal spray, 56 mg or 84 mg, twice a week for four weeks and then as my "
        "clinician prescribes, at Sample Clinic.",
        "The record shows two adequate trials of antidepressants and a PHQ-9 of 21 on October 12, "
        "2026 (Enclosure 2).",
    ),
)
REASON = block(
    "reason",
    paragraph(
        "The notice says: “The requested service is not medically necessary because two adequate "
        "trials of antidepressants were not documented.”",
        "The trials are set out below, with the pharmacy record (Enclosure 4).",
    ),
    heading="The stated reason",
)
COLUMNS = ("What the plan asks", "What the record shows", "Enclosure")
CRITERIA = (
    (cell("“The member is at least 18 years of age.”"), cell("46 years old."), cell("3")),
    (
        cell("“A diagnosis of treatment-resistant depression.”"),
        cell("Major depressive disorder, recurrent, severe (F33.2), charted January 9, 2026."),
        cell("3"),
    ),
    (
        cell(
            "“An inadequate response to at least two antidepressants of adequate dose and length.”"
        ),
        cell(
            "Sertraline 200 mg, 10 weeks: no response.",
            "Venlafaxine 225 mg, 12 weeks: no response.",
        ),
        cell("3, 4"),
    ),
    (
        cell("“Psychotherapy was tried.”"),
        cell(
            "Not met as written: no therapist of the network had a free place. I ask for an "
            "exception."
        ),
        cell("None"),
    ),
)
CRITERIA_TABLE = block(
    "criteria", Table(COLUMNS, CRITERIA), heading="The plan's criteria, one by one"
)
REQUESTS = block(
    "procedure",
    paragraph("Please send me, free of charge:"),
    Items(
        (
            cell("Every document relevant to this claim."),
            cell("The criteria used, with their version and date."),
            cell(
                "The name and specialty of each expert who was asked.",
                "If none was asked, please say so in the answer, and who decided in the place "
                "of one.",
            ),
        ),
        is_numbered=True,
    ),
    paragraph("Two things more:"),
    Items(
        (
            cell("Please confirm that each enclosure reached the reviewer."),
            cell("Please answer in writing, and name the next step if the decision stays a no."),
        )
    ),
    heading="What I ask of the plan",
)
CLOSING = block(
    "signature",
    paragraph("Sincerely,"),
    Signature(cell("Sample Patient", "555-0102")),
)


def one_page() -> LetterContent:
    """An address, a reference block, a request and a signature."""
    return content_of(ADDRESSES, SUBJECT, REFERENCE, REQUEST, REASON, CLOSING)


def two_pages() -> LetterContent:
    """All that an appeal has: a table of criteria, a list, boxes and enclosures."""
    return content_of(
        ADDRESSES,
        SUBJECT,
        REFERENCE,
        REQUEST,
        REASON,
        CRITERIA_TABLE,
        REQUESTS,
        CLOSING,
        enclosures=enclosed(*ENCLOSURES),
    )


def from_a_clinician() -> LetterContent:
    """A letterhead, and boxes that only the signer may tick."""
    letterhead = block(
        "letterhead",
        Lines(
            cell(
                "Sample Clinic",
                "Sample Clinician, MD, psychiatry, NPI 0000000000",
                "200 Example Avenue, Sample City, ST 00000",
                "Phone 555-0103, fax 555-0104",
            )
        ),
    )
    certified = block(
        "certification",
        paragraph("I certify, as the treating clinician, that (tick what applies):"),
        Boxes(
            (
                cell("Standard treatments have not been effective in improving the condition."),
                cell("Standard treatments are not medically appropriate for the patient."),
                cell(
                    "No standard treatment that the plan covers is more beneficial than the one "
                    "requested.",
                    "The record supports this.",
                ),
            )
        ),
        heading="Certification",
    )
    closing = block(
        "signature",
        Signature(cell("Sample Clinician, MD", "Psychiatry, NPI 0000000000")),
    )
    base = two_pages()
    return replace(
        base,
        voice="clinician",
        kind="medical_necessity",
        title="Letter of medical necessity for esketamine nasal spray",
        blocks=(letterhead, *base.blocks[:-1], certified, closing),
    )


def with_long_table(rows: int = 60) -> LetterContent:
    """A table over several pages, with a row that is taller than the others."""
    many = tuple(
        (
            cell(f"Sample criterion number {number}, in the plan's own words."),
            cell(*["The record shows it, by date and by dose, in one line."] * (1 + number % 4)),
            cell(str(1 + number % 4)),
        )
        for number in range(1, rows + 1)
    )
    table = Table(COLUMNS, many, caption="The criteria of the sample policy")
    return content_of(
        ADDRESSES,
        SUBJECT,
        REFERENCE,
        block("criteria", table, heading="The plan's criteria, one by one"),
        CLOSING,
        enclosures=enclosed(*ENCLOSURES),
    )


def draft() -> LetterContent:
    """A letter with gaps in its sentences, its reference block and its table."""
    number = Gap("member_id", "member ID")
    score = Gap("phq9", "PHQ-9 score and date")
    gaps = block(
        "history",
        Paragraph(
            (
                said("The last PHQ-9 was ", score, "."),
                said("It stands in the chart of Sample Clinic."),
            )
        ),
        Table(COLUMNS, ((cell("“A PHQ-9 of 15 or more.”"), (said(score),), cell("2")),)),
    )
    reference = block(
        "reference", Facts((("Member", said("Sample Patient")), ("Member ID", said(number))))
    )
    return content_of(ADDRESSES, SUBJECT, reference, REQUEST, gaps, REASON, REQUESTS, CLOSING)


def reading_copy() -> LetterContent:
    """A letter in Spanish, which is not the one that is sent."""
    return content_of(
        block("addresses", Lines(cell("26 de noviembre de 2026", "Plan de salud de muestra"))),
        block(
            "subject", Lines(cell("Apelación de la denegación del 2 de noviembre de 2026"), True)
        ),
        block("reference", Facts((("Miembro", said("Paciente de muestra")),))),
        block(
            "request",
            paragraph(
                "Pido que el plan de salud anule su decisión y apruebe el aerosol nasal de "
                "esketamina.",
                "¿Qué muestra el expediente? Dos tratamientos sin respuesta.",
            ),
            heading="Lo que pido",
        ),
        block("signature", Signature(cell("Paciente de muestra"))),
        language="es",
        title="Apelación de una denegación",
        running=said("Apelación: Paciente de muestra"),
        enclosures=enclosed("Aviso de la denegación"),
    )

"""What the FDA has and has not approved of each treatment, with where it was read."""

from dataclasses import dataclass

from policies.situation import Treatment


@dataclass(frozen=True, slots=True)
class TreatmentNote:
    """A few sentences on a treatment, and their sources as (label, address)."""

    text: str
    sources: tuple[tuple[str, str], ...]


LABEL = (
    "ketamine label, revised October 2024",
    "https://fda.report/DailyMed/46dab560-8ecd-4d92-8c92-6baa2310b09b",
)
COMPOUNDED = (
    "FDA alert of October 2023, as reported",
    "https://scrippsnews.com/stories/fda-warns-of-risks-involved-with-compounded-ketamine-products",
)

NOTES = {
    Treatment.IV_KETAMINE: TreatmentNote(
        "The FDA approved ketamine for anesthesia only. Any other use, for depression or for pain, "
        "is off-label: doctors may prescribe it, and plans often refuse it.",
        (LABEL,),
    ),
    Treatment.IM_SC_KETAMINE: TreatmentNote(
        "The FDA approved ketamine for anesthesia only. Any other use, for depression or for pain, "
        "is off-label.",
        (LABEL,),
    ),
    Treatment.ESKETAMINE_NASAL: TreatmentNote(
        "The FDA approved esketamine (Spravato) for treatment-resistant depression in adults, "
        "since January 2025 also without another antidepressant. Together with an oral "
        "antidepressant it is approved for depressive symptoms in adults with major depression and "
        "acute suicidal thoughts or behavior. It was not shown to prevent suicide or to reduce "
        "suicidal thoughts or behavior.",
        (
            (
                "report of January 2025",
                "https://www.beckershospitalreview.com/pharmacy/j-j-approves-1st-monotherapy-for-treatment-resistant-depression.html",
            ),
            ("the limits of the label, second-hand", "https://www.spravatotreatmentcenter.com/"),
        ),
    ),
    Treatment.INTRANASAL_COMPOUNDED_KETAMINE: TreatmentNote(
        "There is no FDA-approved ketamine nasal spray: a pharmacy mixes it. It is not the same as "
        "esketamine (Spravato).",
        (
            (
                "FDA alert of February 2022, as reported",
                "https://doh.wa.gov/newsroom/potential-risks-compounded-ketamine-nasal-spray",
            ),
        ),
    ),
    Treatment.ORAL_KETAMINE: TreatmentNote(
        "Ketamine by mouth is mixed by a pharmacy, and mixed medicines are not FDA-approved. The "
        "FDA warned of compounded ketamine, oral forms included, for mental health conditions.",
        (COMPOUNDED,),
    ),
}

"""Where an insurer takes appeals, for which plans, and who read it where."""

from django.core.exceptions import ValidationError
from django.db import models

from policies import catalogue, situation
from policies.models.events import wants_event
from policies.models.fields import choices_of, validate_printed_date, words_field
from policies.models.insurers import Insurer


class AppealAddress(models.Model):
    """Where an insurer takes one kind of request, for some lines and states, as a source prints it.

    One address for each insurer would be wrong: they differ by plan, and a letter that goes to
    another plan's address is late. `states` empty means the whole country.
    """

    insurer = models.ForeignKey(Insurer, on_delete=models.PROTECT, related_name="appeal_addresses")
    use = models.CharField(max_length=30, choices=choices_of(catalogue.AddressUse))
    benefit = models.CharField(
        max_length=20,
        choices=choices_of(catalogue.Benefit),
        blank=True,
        help_text="Empty where it is for any.",
    )
    lines_of_business = words_field(choices_of(situation.LineOfBusiness))
    states = words_field()
    postal = models.TextField(blank=True, help_text="As printed, one line each.")
    fax = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    web = models.URLField("web form", max_length=500, blank=True)
    note = models.TextField(blank=True)
    source_url = models.URLField(max_length=500, help_text="The page that prints it.")
    source_kind = models.CharField(max_length=20, choices=choices_of(catalogue.ReadingKind))
    printed = models.CharField(
        "date printed on it", max_length=10, blank=True, validators=[validate_printed_date]
    )
    read_on = models.CharField(
        max_length=10,
        validators=[validate_printed_date],
        help_text="A date like 2026-11-05 or 2026-11.",
    )
    read_by = models.CharField(max_length=200)
    ended_on = models.DateField(
        null=True, blank=True, help_text="The day from which it no longer holds."
    )

    class Meta:
        ordering = ["insurer__name", "use", "pk"]
        verbose_name_plural = "appeal addresses"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(postal="", fax="", phone="", web=""),
                name="an_address_leads_somewhere",
                violation_error_message="Give an address, a fax, a phone number or a web form.",
            )
        ]
        triggers = [wants_event("appeal_address_leaves_event", of="appealaddress")]

    def __str__(self) -> str:
        return f"{self.insurer}, {self.get_use_display().lower()}"

    @property
    def plans(self) -> str:
        """For which plans it is, as the desk lists it."""
        lines = ", ".join(one.replace("_", " ") for one in self.lines_of_business)
        return f"{lines} ({', '.join(self.states) or 'whole country'})"

    @property
    def leads_to(self) -> str:
        """Where it leads, on one line."""
        lines = (*self.postal.splitlines(), self.fax, self.phone, self.web)
        return ", ".join(filter(None, lines))

    def clean(self) -> None:
        faults = {}
        if not self.lines_of_business:
            faults["lines_of_business"] = "Choose at least one: addresses differ by plan."
        faults |= {name: f"{text[:1].upper()}{text[1:]}." for name, text in self._shapes().items()}
        if faults:
            raise ValidationError(faults)

    def _shapes(self) -> dict[str, str]:
        """What looks wrong; nothing while a choice or a date does, which its own field says."""
        try:
            return self.record().faults() if self.insurer_id else {}
        except ValueError:
            return {}

    def record(self) -> catalogue.AppealAddress:
        """The plain record; the insurer must have been fetched."""
        return catalogue.AppealAddress(
            insurer=self.insurer.slug,
            use=catalogue.AddressUse(self.use),
            benefit=catalogue.Benefit(self.benefit) if self.benefit else None,
            lines_of_business=tuple(map(situation.LineOfBusiness, self.lines_of_business)),
            states=tuple(self.states),
            postal=tuple(filter(None, (line.strip() for line in self.postal.splitlines()))),
            fax=self.fax,
            phone=self.phone,
            web=self.web,
            note=self.note,
            source_url=self.source_url,
            source_kind=catalogue.ReadingKind(self.source_kind),
            printed=catalogue.PrintedDate(self.printed) if self.printed else None,
            read_on=catalogue.PrintedDate(self.read_on),
            read_by=self.read_by,
            ended_on=self.ended_on,
        )

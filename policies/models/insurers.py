"""Insurers, and the documents' word on who decides for whom."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from policies import catalogue, situation
from policies.catalogue.fields import SLUG
from policies.models.events import wants_event
from policies.models.fields import choices_of, validate_printed_date, words_field


class Insurer(models.Model):
    """Who pays, or decides for those who do."""

    slug = models.SlugField(
        unique=True,
        validators=[RegexValidator(SLUG, "Use small letters, digits and hyphens, as bcbs-ma.")],
        help_text="As in the address, for example bcbs-ma.",
    )
    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40, choices=choices_of(catalogue.InsurerKind))
    states = words_field()
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="brands"
    )
    also_known_as = words_field()
    pays_for = models.CharField(
        max_length=40,
        blank=True,
        choices=choices_of(situation.LineOfBusiness),
        help_text="A line of business in which nobody else pays, for example VA health care.",
    )
    note = models.TextField(blank=True)
    edited_at_desk = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["name"]
        triggers = [wants_event("insurer_leaves_event", of="insurer")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.parent is not None and self.parent.pk == self.pk:
            raise ValidationError({"parent": "An insurer is not its own parent."})

    def record(self) -> catalogue.Insurer:
        """The plain record that the rules work on; the parent must have been fetched."""
        return catalogue.Insurer(
            slug=self.slug,
            name=self.name,
            kind=catalogue.InsurerKind(self.kind),
            states=tuple(self.states),
            parent=self.parent.slug if self.parent else "",
            also_known_as=tuple(self.also_known_as),
            pays_for=situation.LineOfBusiness(self.pays_for) if self.pays_for else None,
            note=self.note,
        )


class Administration(models.Model):
    """A document's word that an administrator decides for an insurer's plans."""

    insurer = models.ForeignKey(Insurer, on_delete=models.PROTECT, related_name="administrators")
    administrator = models.ForeignKey(Insurer, on_delete=models.PROTECT, related_name="clients")
    benefit = models.CharField(max_length=40, help_text="medical, pharmacy or behavioral")
    lines_of_business = words_field(choices_of(situation.LineOfBusiness))
    source_url = models.URLField(max_length=500, help_text="The document that links them.")
    quote = models.TextField(help_text="Its words.")
    read_on = models.CharField(
        max_length=10,
        validators=[validate_printed_date],
        help_text="A date like 2026-11-05 or 2026-11.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["insurer", "administrator", "benefit"],
                name="one_link_for_each_benefit",
                violation_error_message="This link exists; change that one.",
            )
        ]
        triggers = [wants_event("link_leaves_event", of="administration")]

    def __str__(self) -> str:
        return f"{self.administrator} decides for {self.insurer} ({self.benefit})"

    def record(self) -> catalogue.Administration:
        """The plain record; both insurers must have been fetched."""
        return catalogue.Administration(
            insurer=self.insurer.slug,
            administrator=self.administrator.slug,
            benefit=self.benefit,
            source_url=self.source_url,
            quote=self.quote,
            read_on=catalogue.PrintedDate(self.read_on),
            lines_of_business=tuple(map(situation.LineOfBusiness, self.lines_of_business)),
        )

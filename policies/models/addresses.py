"""Where an insurer takes appeals, and the addresses on this site that its pages once had."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models

from policies import catalogue, situation
from policies.models.events import wants_event
from policies.models.fields import choices_of, validate_printed_date, words_field
from policies.models.insurers import Insurer
from policies.models.policies import Policy


class AppealAddress(models.Model):
    """Where an insurer takes one kind of request, for some lines and states, as a source prints it.

    One address for each insurer would be wrong: they differ by plan, and a letter that goes to
    another plan's address is late. `states` empty means the whole country.
    """

    class Use(models.TextChoices):
        PRIOR_AUTHORIZATION = "prior_authorization", "Prior authorization"
        APPEAL = "appeal", "Appeal"
        EXPEDITED_APPEAL = "expedited_appeal", "Expedited appeal"
        PEER_TO_PEER = "peer_to_peer", "Peer-to-peer call"
        DOCUMENTS = "documents", "Request for documents"

    class Benefit(models.TextChoices):
        MEDICAL = "medical", "Medical"
        PHARMACY = "pharmacy", "Pharmacy"
        BEHAVIORAL = "behavioral", "Behavioral health"

    insurer = models.ForeignKey(Insurer, on_delete=models.PROTECT, related_name="appeal_addresses")
    use = models.CharField(max_length=30, choices=Use.choices)
    benefit = models.CharField(
        max_length=20, choices=Benefit.choices, blank=True, help_text="Empty where it is for any."
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

    def clean(self) -> None:
        if not self.lines_of_business:
            raise ValidationError(
                {"lines_of_business": "Choose at least one: addresses differ by plan."}
            )


class FormerAddress(models.Model):
    """The keys by which an insurer or one of its policies was known; their pages lead on.

    `policy_slug` is empty for the insurer itself.
    """

    insurer_slug = models.SlugField()
    policy_slug = models.SlugField(blank=True)
    insurer = models.ForeignKey(Insurer, on_delete=models.PROTECT, related_name="former_addresses")
    policy = models.ForeignKey(
        Policy, null=True, blank=True, on_delete=models.PROTECT, related_name="former_addresses"
    )
    names = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    why = models.CharField(max_length=300)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["insurer_slug", "policy_slug"]
        verbose_name_plural = "former addresses"
        constraints = [
            models.UniqueConstraint(
                fields=["insurer_slug", "policy_slug"],
                name="a_former_address_leads_to_one",
                violation_error_message="This address leads elsewhere already.",
            )
        ]
        triggers = [wants_event("former_address_leaves_event", of="insurer", by="insurer_id")]

    def __str__(self) -> str:
        return "/".join(filter(None, (self.insurer_slug, self.policy_slug)))

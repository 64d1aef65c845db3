"""Policies: the published documents, and the reads of them."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any, Self

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from policies import catalogue, situation
from policies.catalogue.fields import SLUG
from policies.criteria.reading import read_criteria
from policies.models.beside import WorkedCase
from policies.models.events import wants_event
from policies.models.fields import choices_of, words_field
from policies.models.former import FormerAddress, no_page_takes_a_former_address
from policies.models.insurers import Insurer
from policies.models.versions import PolicyVersion


class PolicyQuerySet(models.QuerySet["Policy"]):
    """Reads of policies."""

    def with_record(self) -> Self:
        """Fetch all that `document()` needs."""
        versions = PolicyVersion.objects.published().prefetch_related("readings")
        return self.select_related("insurer__parent").prefetch_related(
            models.Prefetch("versions", versions, to_attr="published_versions")
        )

    def listed(self) -> Self:
        """Policies with a published version, as a reader may see them."""
        published = PolicyVersion.objects.published().filter(policy=models.OuterRef("pk"))
        return self.filter(models.Exists(published)).with_record()

    def addresses(self) -> Iterable[tuple[str, str]]:
        """The keys of insurer and policy, which name a document, in order."""
        return self.values_list("insurer__slug", "slug")

    def with_last_published(self) -> Self:
        """Policies with a published version, each with the moment of the newest."""
        newest = models.Max("versions__published_at")
        return (
            self.select_related("insurer")
            .annotate(last_published=newest)
            .filter(last_published__isnull=False)
        )

    def search(self, text: str) -> Self:
        """Policies whose number, title or insurer has all the words, or beginnings of words."""
        words = re.findall(r"\w+", text)
        if not words:
            return self
        vector = SearchVector(
            "number", "title", "insurer__name", "insurer__also_known_as", config="simple"
        )
        query = SearchQuery(
            " & ".join(f"{word}:*" for word in words), config="simple", search_type="raw"
        )
        whole = models.Q(number__icontains=text) | models.Q(insurer__name__icontains=text)
        return self.annotate(words=vector).filter(whole | models.Q(words=query))

    def on_treatment(self, treatment: str) -> Self:
        """Policies with a published position on the treatment."""
        versions = PolicyVersion.objects.published().filter(
            positions__contains=[{"treatment": treatment}]
        )
        return self.filter(models.Exists(versions.filter(policy=models.OuterRef("pk"))))

    def for_line(self, line: str) -> Self:
        """Policies that speak for a line of business."""
        return self.filter(lines_of_business__contains=[line])

    def for_state(self, state: str) -> Self:
        """Policies that speak for a state, or for the whole country."""
        return self.filter(models.Q(states__contains=[state]) | models.Q(states=[]))


class Policy(models.Model):
    """A published document of an insurer; what it says stands in its versions."""

    insurer = models.ForeignKey(Insurer, on_delete=models.PROTECT, related_name="policies")
    slug = models.SlugField(help_text="As in the address, for example mp-446.")
    number = models.CharField(max_length=200, blank=True, help_text="As printed.")
    title = models.CharField(max_length=300, help_text="As printed.")
    short_title = models.CharField(
        max_length=100,
        blank=True,
        help_text="What a sentence calls it, where number and title are long.",
    )
    kind = models.CharField(max_length=40, choices=choices_of(catalogue.DocumentKind))
    lines_of_business = words_field(choices_of(situation.LineOfBusiness))
    states = words_field()
    url = models.URLField("address", max_length=500, blank=True)
    binds_line = models.BooleanField(
        "binds every plan of its lines",
        default=False,
        help_text="A program's rule, which stands beside each plan's own documents.",
    )
    scope_note = models.TextField(blank=True)
    applies_if = models.JSONField(
        null=True, blank=True, help_text="Conditions for applying at all, as a criteria tree."
    )
    edited_at_desk = models.BooleanField(default=False, editable=False)

    published_versions: list[PolicyVersion]  # set by `with_record`
    last_published: dt.datetime  # set by `with_last_published`

    objects = PolicyQuerySet.as_manager()

    class Meta:
        # The last of them tells two apart that share all others, so a file has one order.
        ordering = ["insurer__name", "number", "title", "slug"]
        verbose_name_plural = "policies"
        constraints = [
            models.UniqueConstraint(
                fields=["insurer", "slug"],
                name="one_policy_for_each_address",
                violation_error_message="This insurer has a policy at this address already.",
            )
        ]
        triggers = [
            wants_event("policy_leaves_event", of="policy"),
            no_page_takes_a_former_address(
                "policy_takes_no_former_address",
                is_taken="(insurer_slug, policy_slug) IN (SELECT policies_insurer.slug, "
                "policies_policy.slug FROM policies_policy JOIN policies_insurer "
                "ON policies_insurer.id = insurer_id WHERE policies_policy.id = NEW.id)",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.insurer}, {self.short_title or self.number or self.title}"

    def get_absolute_url(self) -> str:
        return reverse("policies:detail", args=[self.insurer.slug, self.slug])

    def clean(self) -> None:
        if not SLUG.fullmatch(self.slug):
            raise ValidationError({"slug": "Use small letters, digits and hyphens, as mp-446."})
        led = self._former_page()
        if led is not None:
            text = f"This was the address of {led.policy}, and leads there still."
            raise ValidationError({"slug": text})

    def _former_page(self) -> FormerAddress | None:
        """The page of another policy that was at this address."""
        insurer = Insurer.objects.filter(pk=self.insurer_id).values("slug")
        former = FormerAddress.objects.filter(insurer_slug__in=insurer, policy_slug=self.slug)
        return former.exclude(policy=self.pk).select_related("policy__insurer").first()

    def current_cases(self, *, of_published: bool = False) -> dict[str, Any]:
        """The worked cases by name: the newest of each over all versions, without the withdrawn."""
        rows = WorkedCase.objects.filter(version__policy=self)
        if of_published:
            rows = rows.filter(version__published_at__isnull=False)
        newest = {row.name: row.content for row in rows}
        return {name: content for name, content in newest.items() if content is not None}

    def document(self) -> catalogue.Document:
        """The plain record with its published editions; fetch it by `with_record`."""
        return self.record(tuple(version.edition() for version in self.published_versions))

    def record(self, editions: tuple[catalogue.Edition, ...]) -> catalogue.Document:
        """The plain record with the given editions."""
        tree = None if self.applies_if is None else read_criteria(self.applies_if)
        return catalogue.Document(
            insurer=self.insurer.record(),
            slug=self.slug,
            title=self.title,
            kind=catalogue.DocumentKind(self.kind),
            lines_of_business=tuple(map(situation.LineOfBusiness, self.lines_of_business)),
            editions=editions,
            number=self.number,
            short_title=self.short_title,
            states=tuple(self.states),
            url=self.url,
            binds_line=self.binds_line,
            scope_note=self.scope_note,
            applies_if=tree,
        )

"""What moves when one insurer is merged into another, told before it is done and then done so."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from policies.models import Administration, AppealAddress, FormerAddress, Insurer, Policy


@dataclass(frozen=True, slots=True)
class PolicyMove:
    """A policy that gets another address; `is_taken` where another has that one already."""

    policy: Policy
    slug: str
    before: str
    after: str
    is_taken: bool


@dataclass(frozen=True, slots=True)
class LinkMove:
    """A link that names the other insurer now; `why_not` says why it goes instead."""

    link: Administration
    insurer: Insurer
    administrator: Insurer
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Moves:
    """All that a merge does. `names` are those that lead to the other insurer from then on."""

    gone: Insurer
    into: Insurer
    policies: tuple[PolicyMove, ...]
    links: tuple[LinkMove, ...]
    addresses: tuple[AppealAddress, ...]
    brands: tuple[Insurer, ...]
    former: tuple[FormerAddress, ...]
    names: tuple[str, ...]
    left: tuple[str, ...]

    @property
    def links_moved(self) -> tuple[LinkMove, ...]:
        return tuple(one for one in self.links if not one.why_not)

    @property
    def links_gone(self) -> tuple[LinkMove, ...]:
        return tuple(one for one in self.links if one.why_not)

    @property
    def seal(self) -> str:
        """Tells what was shown from anything else that would be done."""
        shown = (
            self.gone.slug,
            self.into.slug,
            [(one.policy.pk, one.before) for one in self.policies],
            [(one.link.pk, one.why_not) for one in self.links],
            [one.pk for one in (*self.addresses, *self.brands, *self.former)],
            self.names,
            self.left,
        )
        return hashlib.sha256(repr(shown).encode()).hexdigest()


def moves_of(gone: Insurer, into: Insurer, slugs: Mapping[int, str] | None = None) -> Moves:
    """What a merge would move; `slugs` are other keys for policies, by their own."""
    return Moves(
        gone=gone,
        into=into,
        policies=tuple(_policies(gone, into, slugs or {})),
        links=tuple(_links(gone, into)),
        addresses=tuple(gone.appeal_addresses.select_related("insurer")),
        brands=tuple(gone.brands.all()),
        former=tuple(gone.former_addresses.filter(policy=None)),
        names=tuple(_names(gone, into)),
        left=tuple(_left(gone, into)),
    )


def _policies(gone: Insurer, into: Insurer, slugs: Mapping[int, str]) -> list[PolicyMove]:
    found = []
    held = set(into.policies.values_list("slug", flat=True))
    led = set(
        FormerAddress.objects.filter(insurer_slug=into.slug).values_list("policy_slug", flat=True)
    )
    for policy in gone.policies.select_related("insurer"):
        slug = slugs.get(policy.pk) or policy.slug
        before, after = f"{gone.slug}/{policy.slug}", f"{into.slug}/{slug}"
        found.append(PolicyMove(policy, slug, before, after, is_taken=slug in held | led))
        held.add(slug)
    return found


def _links(gone: Insurer, into: Insurer) -> list[LinkMove]:
    rows = Administration.objects.select_related("insurer", "administrator")
    found = []
    taken = {
        (one.insurer_id, one.administrator_id, one.benefit)
        for one in rows
        if gone.pk not in (one.insurer_id, one.administrator_id)
    }
    for link in rows.filter(insurer=gone) | rows.filter(administrator=gone):
        insurer = into if link.insurer_id == gone.pk else link.insurer
        administrator = into if link.administrator_id == gone.pk else link.administrator
        key = (insurer.pk, administrator.pk, link.benefit)
        why_not = ""
        if insurer.pk == administrator.pk:
            why_not = "It would link the insurer to itself."
        elif key in taken:
            why_not = "Such a link stands there already, and stays as it is."
        taken.add(key)
        found.append(LinkMove(link, insurer, administrator, why_not))
    return found


def _names(gone: Insurer, into: Insurer) -> list[str]:
    held = {one.casefold() for one in (into.name, *into.also_known_as)}
    names = dict.fromkeys((gone.name, *gone.also_known_as))
    return [one for one in names if one.casefold() not in held]


def _left(gone: Insurer, into: Insurer) -> list[str]:
    """Fields in which the two differ, and which stay as the other has them."""
    labels = {"kind": "kind", "states": "states", "pays_for": "pays for", "note": "note"}
    return [
        label
        for name, label in labels.items()
        if getattr(gone, name) and getattr(gone, name) != getattr(into, name)
    ]

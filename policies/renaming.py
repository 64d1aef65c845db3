"""Renaming and merging: what was known by another name is still found, and leads on."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError

from policies.followers import followers
from policies.history import changed, fields_of, held_fields, record_event
from policies.models import FormerAddress, Insurer, Policy, PolicyEvent
from policies.moves import LinkMove, Moves, PolicyMove, moves_of


@transaction.atomic
def rename_insurer(insurer: Insurer, *, slug: str, name: str, why: str, by: User) -> Insurer:
    """Give an insurer another key, another name, or both; the old ones lead on to it."""
    insurer = Insurer.objects.select_for_update().get(pk=insurer.pk)
    old_slug, old_name = insurer.slug, insurer.name
    if (slug, name) == (old_slug, old_name):
        raise ValidationError("Nothing would change: give another key or another name.")
    policies = list(insurer.policies.select_related("insurer"))
    if slug != old_slug:
        _take_back(slug, "", insurer=insurer)
        for policy in policies:
            _take_back(slug, policy.slug, insurer=insurer, policy=policy)
    insurer.slug, insurer.name = slug, name
    _go_by(insurer, [] if name == old_name else [old_name])
    _save(insurer, PolicyEvent.Kind.RENAMED, by=by, what=_what(old_name, insurer, why))
    if slug != old_slug:
        _lead_on(old_slug, "", insurer=insurer, names=[old_name], why=why)
        for policy in policies:
            _lead_on(old_slug, policy.slug, insurer=insurer, policy=policy, why=why)
    return insurer


@transaction.atomic
def rename_policy(policy: Policy, *, slug: str, why: str, by: User) -> Policy:
    """Give a policy another key within its insurer; its old address leads on to it."""
    policy = Policy.objects.select_for_update().select_related("insurer").get(pk=policy.pk)
    insurer, old = policy.insurer, policy.slug
    if slug == old:
        raise ValidationError("Nothing would change: give another key.")
    _take_back(insurer.slug, slug, insurer=insurer, policy=policy)
    policy.slug = slug
    what = _what(f"{insurer.slug}/{old}", f"{insurer.slug}/{slug}", why)
    _save(policy, PolicyEvent.Kind.RENAMED, by=by, what=what, also=[insurer])
    _lead_on(insurer.slug, old, insurer=insurer, policy=policy, why=why)
    return policy


@transaction.atomic
def merge_insurers(
    gone: Insurer,
    into: Insurer,
    *,
    why: str,
    by: User,
    slugs: Mapping[int, str] | None = None,
) -> Moves:
    """Make one insurer a part of another's record; all it had moves, and its name leads on.

    `slugs` are other keys for policies whose own one is taken there. What was moved is returned.
    """
    rows = Insurer.objects.select_for_update().filter(pk__in=[gone.pk, into.pk])
    held = {one.pk: one for one in rows}
    gone, into = held[gone.pk], held[into.pk]
    if gone.pk == into.pk:
        raise ValidationError("Choose another insurer: this one can't be merged into itself.")
    moves = moves_of(gone, into, slugs)
    _refuse_taken(moves)
    for move in moves.policies:
        _move_policy(move, into, by=by)
    for link in moves.links:
        _move_link(link, by=by)
    for address in moves.addresses:
        address.insurer = into
        _save(address, PolicyEvent.Kind.MERGED, by=by)
    _move_brands(moves, by=by)
    gone.former_addresses.update(insurer=into)
    what = _what(gone.name, into, why)
    # Its key leads to nothing from here on, but the history of what it was stays.
    record_event(
        PolicyEvent.Kind.DELETED, gone, by=by, what=what, changes=changed(fields_of(gone), {})
    )
    followers.follow(gone, into)
    _remove(gone)
    into.refresh_from_db()
    _go_by(into, moves.names)
    _save(into, PolicyEvent.Kind.MERGED, by=by, what=what, also=[gone])
    _lead_on(gone.slug, "", insurer=into, names=[gone.name, *gone.also_known_as], why=why)
    for move in moves.policies:
        _lead_on(gone.slug, _last(move.before), insurer=into, policy=move.policy, why=why)
    for brand in Insurer.objects.filter(pk__in=[one.pk for one in moves.brands]):
        # Only now: a brand may share a name with the one that it was part of until here.
        brand.full_clean()
    return moves


def _remove(gone: Insurer) -> None:
    """Take its row away; refused in words where something still names it."""
    try:
        Insurer.objects.get(pk=gone.pk).delete()
    except ProtectedError as error:
        kinds = {str(one._meta.verbose_name_plural) for one in error.protected_objects}  # noqa: SLF001
        named = ", ".join(sorted(kinds))
        text = f"Nothing was moved: {gone} is still named by {named}, which can't follow by itself."
        raise ValidationError(text) from error


def _refuse_taken(moves: Moves) -> None:
    taken = [one for one in moves.policies if one.is_taken]
    if taken:
        raise ValidationError(
            [
                f"{one.policy.title}: another policy has, or had, the address {one.after}. "
                "Give this one another key."
                for one in taken
            ]
        )


def _move_policy(move: PolicyMove, into: Insurer, *, by: User) -> None:
    policy = move.policy
    policy.insurer, policy.slug = into, move.slug
    what = f"{move.before} → {move.after}"
    _save(policy, PolicyEvent.Kind.MERGED, by=by, what=what)


def _move_link(move: LinkMove, *, by: User) -> None:
    link = move.link
    if move.why_not:
        changes = changed(fields_of(link), {})
        record_event(PolicyEvent.Kind.DELETED, link, by=by, changes=changes)
        link.delete()
        return
    link.insurer, link.administrator = move.insurer, move.administrator
    _save(link, PolicyEvent.Kind.MERGED, by=by)


def _move_brands(moves: Moves, *, by: User) -> None:
    """Its brands become the other's; what the other is part of goes one step up instead."""
    above = set()
    at = moves.into.parent
    while at is not None and at.pk not in above:
        above.add(at.pk)
        at = at.parent
    for brand in moves.brands:
        is_above = brand.pk in (moves.into.pk, *above)
        brand.parent = moves.gone.parent if is_above else moves.into
        _write(brand, PolicyEvent.Kind.MERGED, by=by)


def _go_by(insurer: Insurer, names: list[str] | tuple[str, ...]) -> None:
    """Add other names; the one it has now is none of them."""
    others = dict.fromkeys((*insurer.also_known_as, *names))
    insurer.also_known_as = [one for one in others if one != insurer.name]


def _take_back(
    insurer_slug: str, policy_slug: str, *, insurer: Insurer, policy: Policy | None = None
) -> None:
    """Let a page stand again where it stood before; where another's address was, refuse."""
    row = FormerAddress.objects.filter(insurer_slug=insurer_slug, policy_slug=policy_slug).first()
    if row is None:
        return
    if row.policy_id != (policy.pk if policy else None) or row.insurer_id != insurer.pk:
        raise ValidationError(
            f"{row} was the address of {row.policy or row.insurer}, and leads on."
        )
    row.delete()


def _lead_on(
    insurer_slug: str,
    policy_slug: str,
    *,
    insurer: Insurer,
    why: str,
    policy: Policy | None = None,
    names: list[str] | None = None,
) -> None:
    row = FormerAddress(
        insurer_slug=insurer_slug,
        policy_slug=policy_slug,
        insurer=insurer,
        policy=policy,
        names=names or [],
        why=why,
    )
    row.full_clean()
    row.save()


def _save(row: models.Model, kind: PolicyEvent.Kind, **trace: Any) -> None:
    if isinstance(row, Insurer | Policy):
        row.edited_at_desk = True
    row.full_clean()
    _write(row, kind, **trace)


def _write(row: models.Model, kind: PolicyEvent.Kind, **trace: Any) -> None:
    changes = changed(held_fields(row), fields_of(row))
    row.save()
    record_event(kind, row, changes=changes, **trace)


def _what(before: object, after: object, why: str) -> str:
    return f"{before} → {after}: {why}"


def _last(address: str) -> str:
    return address.rpartition("/")[2]

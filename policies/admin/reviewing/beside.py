"""What stands beside an edition for who reviews it: its cases, its source and its Spanish."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from policies.admin.effects.views import effects_address
from policies.admin.fresh.spanish import ages_in_words, spanish_address
from policies.admin.proving.views import cases_address
from policies.models import PolicyVersion
from policies.outline.readable import Readable
from policies.proofs import Proof
from policies.standing import copy_heads, quotes_gone
from policies.translating import pairs_of_draft, text_pairs
from policies.wording.dates import date


@dataclass(frozen=True, slots=True)
class Beside:
    """A page with what is to be known of it before it is opened."""

    label: str
    address: str
    note: str = ""


def beside_of(version: PolicyVersion, held: Readable, proof: Proof | None) -> tuple[Beside, ...]:
    """The pages that whoever publishes an edition looks at first."""
    return (
        Beside("What it changes", effects_address(version)),
        Beside("Worked cases", cases_address(version), _cases(proof)),
        *_copies(version, held),
        Beside("Spanish", spanish_address(version), _spanish(version, held)),
    )


def _cases(proof: Proof | None) -> str:
    if proof is None:
        return "nothing of it can be read yet"
    wanted = sum(out.is_as_wanted for _, out in proof.run)
    return f"{wanted} of {len(proof.rows)} as wanted" if proof.rows else "none yet"


def _copies(version: PolicyVersion, held: Readable) -> Iterator[Beside]:
    policy = version.policy.pk
    all_of_them = reverse("admin:policies_policy_copies", args=[policy])
    heads = copy_heads([policy])
    if policy not in heads:
        yield Beside("Copies of the document", all_of_them, "none is attached")
        return
    newest = heads[policy][0]
    gone = len(quotes_gone({policy: held.edition}, heads).get(policy, ()))
    are = "quote is" if gone == 1 else "quotes are"
    said = f"{gone} {are} not found in it" if gone else "no quote is missing in it"
    file = reverse("admin:policies_sourcecopy_file", args=[newest.key])
    yield Beside("The attached copy", file, f"taken on {date(newest.taken_on)}")
    yield Beside("Its quotes", f"{all_of_them}#quotes-{version.pk}", said)


def _spanish(version: PolicyVersion, held: Readable) -> str:
    is_draft = version.published_at is None
    pairs = pairs_of_draft(version, held) if is_draft else text_pairs(version)
    said = ages_in_words(pairs).removesuffix(".")
    return f"{said} (not needed for review)" if said and is_draft else said

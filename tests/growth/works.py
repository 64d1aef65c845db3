"""Makes more and more data in the database of a run, and measures what works with it.

`python -m tests.growth.works KIND NUMBER ...` does so for policies, cases or letters.
"""

import logging
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from itertools import cycle, islice
from typing import Any

import django

django.setup()

# ruff: noqa: E402 -- what follows wants Django set up

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appeals.clinics.access import log_cases
from appeals.clinics.content import to_plain
from appeals.clinics.letters.records import LetterRecord
from appeals.clinics.patients import open_patient
from appeals.clinics.rechecking import recheck_policy
from appeals.clinics.reminding import due_told
from appeals.clinics.samples.writing import write_sample_clinic
from appeals.letters.kinds import LetterKind, Voice
from appeals.models import AccessEntry, Clinic, Letter, Role
from coverage_site.sign_in.second_factor import SET_UP
from policies import published
from policies.catalogue import Document
from policies.folder import Folder
from policies.loading import load_folder
from policies.models import Policy
from tests.benchmarks.test_rechecking import publish_harder
from tests.growth.measuring import Cost, Table, Works, cost_of
from tests.policies.html import FULL, PLAN, post
from tests.real_catalogue import real_folder

AT_ONCE = 2000
CASES = 10_000
"""So many cases share the letters, unless they are fewer."""
SECURE: dict[str, Any] = {"HTTP_X_FORWARDED_PROTO": "https", "SERVER_NAME": "127.0.0.1"}


def signed_in(person: User) -> Client:
    client = Client(**SECURE)
    client.force_login(person)
    session = client.session
    session[SET_UP] = person.pk
    session.save()
    return client


def page(client: Client, address: str) -> Callable[[], Any]:
    """Asks for a page, to its last byte."""

    def ask() -> None:
        response = client.get(address)
        if response.status_code != 200:
            raise ValueError(f"{address} gives {response.status_code}")
        b"".join(response)

    return ask


def tidied() -> None:
    """What the server does by itself soon after many writes."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


# Policies


def many_documents(amount: int) -> list[Document]:
    """The real documents, and then again and again as those of further, made-up insurers."""
    real = real_folder().documents
    return [
        one if not turn else _copied(one, turn)
        for place, one in enumerate(islice(cycle(real), amount))
        for turn in [place // len(real)]
    ]


def _copied(one: Document, turn: int) -> Document:
    slug = f"{one.insurer.slug[:40]}-{turn}"
    insurer = replace(
        one.insurer,
        slug=slug,
        name=f"Sample {one.insurer.name} {turn}",
        also_known_as=(),
        parent="",
        pays_for=None,
    )
    return replace(one, insurer=insurer, binds_line=False)


def grow_policies(amounts: list[int]) -> None:
    # A run begins with the real ones.
    table, held = Table("policies"), Policy.objects.count()
    desk = signed_in(User.objects.create_superuser("sample-editor"))
    for amount in (held, *amounts):
        documents = tuple(many_documents(amount))
        insurers = {one.insurer.slug: one.insurer for one in documents}
        folder = Folder({**real_folder().insurers, **insurers}, (), documents[held:])
        if amount > held:
            begun = time.perf_counter()
            load_folder(folder)
            each = (time.perf_counter() - begun) * 1000 / (amount - held)
            table.note(amount, "load_policies, each new one", Cost(each, 0))
            held = amount
        tidied()
        table.add(amount, works_of_policies(desk))
        unchanged = replace(folder, documents=documents)
        table.note(amount, "load_policies, nothing new", cost_of(partial(load_folder, unchanged)))
    table.tell()


def works_of_policies(desk: Client) -> Works:
    patient = Client(**SECURE)
    answers = PLAN | FULL | {"at": "review", "go": "answer"}
    pages = {
        "front page": "home",
        "coverage map": "policies:map",
        "list of policies": "policies:list",
        "data as JSON": "open:json",
        "data as CSV": "open:csv",
        "sitemap": "open:sitemap",
    }
    of_desk = {
        "desk: list of policies": "admin:policies_policy_changelist",
        "desk: work list": "admin:policies_policy_work",
    }
    return {
        "first answer after a write": lambda: first_answer(patient, answers),
        "answer of a check": lambda: post(patient, answers),
        "an insurer's page": page(patient, reverse("policies:insurer", args=["bcbs-ma"])),
        **{name: page(patient, reverse(one)) for name, one in pages.items()},
        **{name: page(desk, reverse(one)) for name, one in of_desk.items()},
    }


def first_answer(patient: Client, answers: Mapping[str, Any]) -> None:
    """An answer for which the catalogue is read anew."""
    published._catalogue.cache_clear()  # noqa: SLF001 -- what a write leads to, without the write
    post(patient, dict(answers))


# Cases


def grow_cases(amounts: list[int]) -> None:
    table = Table("cases")
    for amount in amounts:
        begun = time.perf_counter()
        clinic = write_sample_clinic(amount, today=timezone.localdate()).clinic
        each = (time.perf_counter() - begun) * 1000 / amount
        table.note(amount, "write one sample case", Cost(each, 0))
        tidied()
        table.add(amount, works_of_cases(clinic))
        table.note(amount, "check all anew after an edition", rechecked())
    table.tell()


def works_of_cases(clinic: Clinic) -> Works:
    member = clinic.memberships.get(role=Role.BILLER)
    biller, on = signed_in(member.user), timezone.localdate()
    case = clinic.cases.filter(closed_at=None)[0]
    home, search = (reverse(f"clinics:{one}", args=[clinic.pk]) for one in ("clinic", "search"))
    return {
        "work list": page(biller, home),
        "its last page": page(biller, f"{home}?page=9999"),
        "search by member ID": lambda: biller.post(search, {"text": "SAMPLE-000123"}),
        "search by a common name": lambda: biller.post(search, {"text": "Castillo"}),
        "a case": page(biller, reverse("clinics:case", args=[clinic.pk, case.pk])),
        "figures": page(biller, reverse("clinics:numbers", args=[clinic.pk])),
        "figures as CSV": page(biller, reverse("clinics:numbers_file", args=[clinic.pk])),
        "a reminder": lambda: list(due_told(member, on=on)),
    }


def rechecked() -> Cost:
    """Hold every open case of one insurer against its newest edition."""
    policy = Policy.objects.get(insurer__slug="bcbs-ma", slug="087")
    publish_harder(policy)
    begun = time.perf_counter()
    recheck_policy(policy.pk, on=timezone.localdate())
    return Cost((time.perf_counter() - begun) * 1000, 0)


# Letters


def grow_letters(amounts: list[int]) -> None:
    table, held = Table("letters"), 0
    clinic = write_sample_clinic(min(CASES, max(amounts)), today=timezone.localdate()).clinic
    for amount in amounts:
        write_letters(clinic, amount - held)
        held = amount
        tidied()
        table.add(amount, works_of_letters(clinic))
    table.tell()


def write_letters(clinic: Clinic, number: int) -> None:
    """Signed letters, spread over the cases, each with an entry of the access log."""
    cases = cycle(clinic.cases.select_related("patient__clinic").order_by("pk"))
    by = clinic.memberships.get(role=Role.CLINICIAN).user
    record = to_plain(LetterRecord(Voice.CLINICIAN))
    while number > 0:
        some = list(islice(cases, min(AT_ONCE, number)))
        letters = []
        for case in some:
            letter = Letter(case=case, kind=LetterKind.PRIOR_AUTHORIZATION, made_by=by)
            letter.sealed = open_patient(case.patient).seal(record, place=letter.place)
            letter.signed_at, letter.signed_by, letter.signature = timezone.now(), by, b"sample"
            letter.clinician = clinic.clinicians.all()[0]
            letter.signing_key, letter.sealed_pdf = "sample", b"sample"
            letters.append(letter)
        Letter.objects.bulk_create(letters)
        log_cases(AccessEntry.What.CHANGED, some, by=by)
        number -= len(some)


def works_of_letters(clinic: Clinic) -> Works:
    admin = signed_in(clinic.memberships.get(role=Role.ADMIN).user)
    case = clinic.cases.filter(letters__isnull=False)[0]
    return {
        "letters of a case": page(admin, reverse("clinics:letters", args=[clinic.pk, case.pk])),
        "a case": page(admin, reverse("clinics:case", args=[clinic.pk, case.pk])),
        "letters to print": page(admin, reverse("clinics:print", args=[clinic.pk])),
        "work list": page(admin, reverse("clinics:clinic", args=[clinic.pk])),
        "access log": page(admin, reverse("clinics:log", args=[clinic.pk])),
        "access log as CSV": page(admin, reverse("clinics:log_file", args=[clinic.pk])),
    }


GROW: Mapping[str, Callable[[list[int]], None]] = {
    "policies": grow_policies,
    "cases": grow_cases,
    "letters": grow_letters,
}

if __name__ == "__main__":
    logging.disable(logging.INFO)  # a line for each request would hide the table
    GROW[sys.argv[1]]([int(one) for one in sys.argv[2:]])

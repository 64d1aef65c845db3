"""How long it takes to hold 10,000 open cases against a new edition, and what memory that needs."""

import time
import tracemalloc
from dataclasses import replace
from itertools import cycle

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from appeals.clinics.content import CaseContent, to_plain
from appeals.clinics.keys import clinic_ring
from appeals.clinics.rechecking import recheck_policy
from appeals.clinics.verdicts import record_of
from appeals.models import Case, CaseVerdict, Patient
from appeals.sealing import fresh_key, seal_json
from policies.check import check
from policies.models import Policy
from policies.published import published_catalogue
from policies.publishing import publish_version, save_draft
from policies.situation import LineOfBusiness, Situation
from tests.appeals.clinics.building import JANE, make_clinic
from tests.factories import ON, all_of, fact, make_score, make_situation, make_tried

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]

MANY, FEW = 10_000, 40
# Of one core; the database has the other. A clock on the wall would measure the neighbors too.
SECONDS = 10
# What one chunk needs is far less; without chunks the situations alone would take more.
MOST_BYTES = 40 * 1024 * 1024
MEDICINES = ("sertraline", "bupropion", "venlafaxine", "mirtazapine")


def situations() -> list[Situation]:
    """Some that differ in what is told of them."""
    return [
        make_situation(
            answers={"age": 20 + number, "episode_severity": "severe"},
            tried=[make_tried(one) for one in MEDICINES[: number % 5]],
            complete=bool(number % 2),
            scores=[make_score(score=10 + number % 15)],
            insurer="bcbs-ma",
            line_of_business=LineOfBusiness.COMMERCIAL,
            issue_state="MA",
        )
        for number in range(50)
    ]


def make_cases(policy: Policy, number: int) -> None:
    """So many open cases of as many patients, each checked against the rule as it stands."""
    clinic, ring, catalogue = make_clinic(), clinic_ring(), published_catalogue()
    told = [
        (to_plain(CaseContent(one)), to_plain(record_of(check(one, catalogue=catalogue, on=ON))))
        for one in situations()
    ]
    patients, cases, verdicts = [], [], []
    for place, (content, record) in zip(range(number), cycle(told), strict=False):
        key, patient = fresh_key(), Patient(clinic=clinic)
        patient.key_name, patient.wrapped_key = ring.wrap(key, place=patient.place)
        patient.sealed = seal_json(key, JANE.to_json(), place=patient.place)
        case = Case(clinic=clinic, patient=patient, number=place + 1, insurer=policy.insurer)
        case.sealed = seal_json(key, content, place=case.place)
        verdict = CaseVerdict(case=case, on=ON)
        verdict.sealed = seal_json(key, record, place=verdict.place)
        patients.append(patient)
        cases.append(case)
        verdicts.append(verdict)
    Patient.objects.bulk_create(patients, batch_size=1000)
    Case.objects.bulk_create(cases, batch_size=1000)
    CaseVerdict.objects.bulk_create(verdicts, batch_size=1000)


def publish_harder(policy: Policy) -> None:
    """A further revision that wants one thing more of everybody."""
    edition = policy.versions.published()[0].edition()
    more = fact("episode_severity", equals="moderate")
    positions = tuple(
        one if one.criteria is None else replace(one, criteria=all_of(one.criteria, more))
        for one in edition.positions
    )
    harder = replace(
        edition, revision=edition.revision + 1, change_note="One more.", positions=positions
    )
    publish_version(save_draft(policy, harder, by=None), by=None)


def once(benchmark: BenchmarkFixture, policy: Policy) -> int:
    """Check the cases a single time: the second time nothing is new."""
    changed: int = benchmark.pedantic(  # type: ignore[no-untyped-call]
        recheck_policy, args=[policy.pk], kwargs={"on": ON}, rounds=1
    )
    return changed


def test_every_open_case_is_checked_anew(benchmark: BenchmarkFixture) -> None:
    number = MANY if benchmark.enabled else FEW
    policy = Policy.objects.get(insurer__slug="bcbs-ma", slug="087")
    make_cases(policy, number)
    publish_harder(policy)
    before = time.process_time()
    changed = once(benchmark, policy)
    seconds = time.process_time() - before
    assert changed == number
    if benchmark.enabled:
        benchmark.extra_info["said"] = f"rechecking {MANY} cases: {seconds:.1f} s of one core"
        assert seconds < SECONDS


def test_its_memory_does_not_grow_with_the_cases(benchmark: BenchmarkFixture) -> None:
    policy = Policy.objects.get(insurer__slug="bcbs-ma", slug="087")
    make_cases(policy, 1500 if benchmark.enabled else FEW)
    publish_harder(policy)
    recheck_policy(policy.pk, on=ON)
    publish_harder(policy)
    tracemalloc.start()
    once(benchmark, policy)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    benchmark.extra_info["said"] = f"rechecking: at most {peak // 2**20} MB at once"
    assert peak < MOST_BYTES

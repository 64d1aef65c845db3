"""Real workers on a batch of a hundred letters: one is killed, and nothing is lost or doubled."""

import re
import signal
from collections import Counter
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pypdf import PdfReader

from appeals.clinics.printing.making import batch_key, begin_batch
from appeals.models import AccessEntry, Batch, BatchItem
from appeals.sealing import unseal
from tests.appeals.clinics.building import (
    make_case,
    make_clinic,
    make_member,
    make_patient,
    make_signed_letter,
)
from tests.appeals.clinics.working import worker
from tests.waiting import somebody_waits, wait_for

LETTERS = 100
LONGEST = 120  # seconds


def made() -> int:
    return BatchItem.objects.exclude(done_at=None).count()


def doing() -> set[int]:
    """The letters' jobs that a worker is at."""
    jobs = ProcrastinateJob.objects.filter(status="doing", task_name__endswith="print_letter")
    return set(jobs.values_list("pk", flat=True))


def workers_of_letters() -> set[int]:
    jobs = ProcrastinateJob.objects.filter(task_name__endswith="print_letter")
    return set(jobs.exclude(worker=None).values_list("worker", flat=True))


def is_done() -> bool:
    return Batch.objects.get().state == Batch.State.DONE


@pytest.mark.usefixtures("empty_queue")
def test_a_worker_is_killed_in_a_batch_of_100_letters_and_nothing_is_lost_or_doubled(
    tmp_path: Path,
) -> None:
    clinic = make_clinic()
    biller = make_member(clinic)
    patient = make_patient(clinic)
    letters = [make_signed_letter(make_case(clinic, patient)) for _ in range(LETTERS)]
    batch = begin_batch(clinic, [one.pk for one in letters], form=Batch.Form.PDF, by=biller)
    with ExitStack() as running:
        first = running.enter_context(worker(tmp_path / "first"))
        with transaction.atomic():
            # Whoever comes to this letter is held up in the midst of it.
            BatchItem.objects.select_for_update().get(position=40)
            wait_for(lambda: made() == 39 and somebody_waits(), seconds=LONGEST)
            left = doing()
            first.send_signal(signal.SIGKILL)
            first.wait()
            killed = workers_of_letters()
        with transaction.atomic():
            # Two workers share what is left: neither goes on before both are at a letter.
            assert len(BatchItem.objects.select_for_update().filter(position__gte=40)) == 61
            for name in ("second", "third"):
                running.enter_context(worker(tmp_path / name))
            wait_for(lambda: len(workers_of_letters() - killed) == 2, seconds=LONGEST)
        wait_for(is_done, seconds=LONGEST)
    batch.refresh_from_db()
    assert ProcrastinateJob.objects.filter(pk__in=left, status="succeeded", attempts=2).exists()
    assert not batch.items.exclude(fault="").exists()
    read = AccessEntry.objects.filter(what="read_file").values_list("case_id", flat=True)
    assert Counter(read) == {one.case_id: 1 for one in letters}
    assert batch.sealed_file is not None
    pdf = PdfReader(BytesIO(unseal(batch_key(batch), batch.sealed_file, place=batch.place)))
    numbers = [re.findall(r"Letter of case (\d+)", page.extract_text()) for page in pdf.pages]
    assert numbers[1::2] == [[str(number)] for number in range(1, LETTERS + 1)]
    assert not any(numbers[0::2])
    for name in ("first", "second", "third"):
        assert "Sample" not in (tmp_path / name).read_text()

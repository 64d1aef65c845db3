"""Answer one situation from the command line."""

import datetime as dt
import json
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import override

from coverage_site.address import site_address
from policies.answer_json import answer_to_json
from policies.catalogue import Insurer
from policies.faults import Fault, InputError
from policies.fhir import Record, read_record
from policies.fhir.decoding import MAX_BYTES
from policies.fhir.listing import found_as_text, record_to_json, rest_as_text
from policies.fhir.review import apply, stated
from policies.guidance import guide, side_by_side
from policies.published import published_catalogue
from policies.situation import Situation, SituationError
from policies.wording.text import answer_to_text


class Command(BaseCommand):
    """Reads a situation as JSON and prints the whole answer; exit code 2 on bad input."""

    help = "Hold a situation (JSON; - for standard input) against the policies of a day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "situation",
            metavar="SITUATION.json",
            nargs="?",
            help="what is known, as the README tells; what is left out is not known",
        )
        parser.add_argument(
            "--fhir",
            metavar="BUNDLE",
            help="a patient's record (FHIR R4; - for standard input), whose facts fill what the "
            "situation leaves open; what a person must confirm, such as the kind of plan that a "
            "Coverage tells, is listed and counts once SITUATION.json says it",
        )
        parser.add_argument("--on", metavar="DATE", help="as 2026-05-03; today if left out")
        parser.add_argument("--format", choices=["json", "text"], default="text")

    def handle(self, *, situation: str | None, **options: Any) -> None:
        if situation is None and options["fhir"] is None:
            raise CommandError("name a SITUATION.json, or a record with --fhir", returncode=2)
        if situation == options["fhir"] == "-":
            raise CommandError("only one of the two can be standard input", returncode=2)
        on = self._day(options["on"])
        catalogue = published_catalogue()
        # A check of a past day may still tell of a score that was taken since.
        latest = max(on, timezone.localdate())
        told = Situation() if situation is None else self._situation(situation, latest)
        record = self._record(options["fhir"], on, catalogue.insurers)
        if record is not None:
            told = apply(told, stated(record))
        guidance = guide(told, catalogue=catalogue, on=on)
        beside = side_by_side(guidance, catalogue=catalogue)
        # The contract and the terminal are in English, whatever the language around them.
        with override("en"):
            if options["format"] == "json":
                data = answer_to_json(guidance, beside)
                if record is not None:
                    data["record"] = record_to_json(record, told)
                self.stdout.write(json.dumps(data, indent=2, ensure_ascii=False))
            else:
                if record is not None:
                    self.stdout.write(f"{found_as_text(record, told)}\n\n")
                    self.stderr.write(f"{rest_as_text(record)}\n")
                self.stdout.write(answer_to_text(guidance, beside))

    def _day(self, given: str | None) -> dt.date:
        if given is None:
            return timezone.localdate()
        try:
            return dt.date.fromisoformat(given)
        except ValueError as error:
            raise CommandError(
                f"--on: {given!r} is not a date like 2026-05-03", returncode=2
            ) from error

    def _record(
        self, name: str | None, on: dt.date, insurers: Mapping[str, Insurer]
    ) -> Record | None:
        if name is None:
            return None
        try:
            raw = self._bytes(name)
            return read_record(raw, on=on, insurers=insurers, site=site_address())
        except OSError as error:
            raise CommandError(f"{name}: {error.strerror}", returncode=2) from error
        except InputError as error:
            lines = [f"{name}: {fault}" for fault in error.faults]
            raise CommandError("\n".join(lines), returncode=2) from error

    def _bytes(self, name: str) -> bytes:
        # One byte more than may be read tells that the record is too large.
        if name == "-":
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with Path(name).open("rb") as file:
            return file.read(MAX_BYTES + 1)

    def _situation(self, name: str, latest: dt.date) -> Situation:
        try:
            text = sys.stdin.read() if name == "-" else self._read(name)
            told = Situation.from_json(json.loads(text))
            _refuse_days_to_come(told, latest)
            return told
        except json.JSONDecodeError as error:
            raise CommandError(
                f"{name}, line {error.lineno}, column {error.colno}: this is not JSON: {error.msg}",
                returncode=2,
            ) from error
        except InputError as error:
            lines = [f"{name}: {fault}" for fault in error.faults]
            raise CommandError("\n".join(lines), returncode=2) from error
        except (RecursionError, ValueError) as error:
            message = f"{name}: nested too deeply, or a number too long, to be a situation"
            raise CommandError(message, returncode=2) from error

    def _read(self, name: str) -> str:
        try:
            return Path(name).read_text(encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{name}: {error.strerror}", returncode=2) from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{name}: this is not UTF-8 text", returncode=2) from error


def _refuse_days_to_come(told: Situation, latest: dt.date) -> None:
    """Raise SituationError where a score bears a day after the latest that it can have."""
    faults = [
        Fault(f"scores[{place}].taken_on", "the day {day} has not come yet", {"day": day})
        for place, score in enumerate(told.scores)
        if (day := score.taken_on) is not None and day > latest
    ]
    if faults:
        raise SituationError(faults)

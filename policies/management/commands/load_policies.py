"""Load the catalogue's files into the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from policies.folder import FolderError, read_folder
from policies.loading import load_folder
from policies.report import judgement_reasons, report

DEFAULT = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    """Validates every file before it writes any; what the desk edited is kept."""

    help = "Load insurers, policies and worked cases from a folder of YAML files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, default=DEFAULT, metavar="PATH")
        parser.add_argument(
            "--report",
            action="store_true",
            help="print what the documents' lists are made of, and load nothing",
        )

    def handle(self, *, path: Path, **options: Any) -> None:
        try:
            folder = read_folder(path)
            if options["report"]:
                today = timezone.localdate()
                self.stdout.write(report(folder, on=today, reasons=judgement_reasons()))
                return
            loaded = load_folder(folder)
        except FolderError as error:
            count = len(error.lines)
            raise CommandError(
                "\n".join([*error.lines, f"Nothing was loaded: {count} to mend."]), returncode=2
            ) from error
        if options["verbosity"]:
            self.stdout.write(
                f"Policies: {loaded.published} editions published, {loaded.unchanged} unchanged, "
                f"{loaded.drafted} drafted; {loaded.readings} readings and {loaded.cases} worked "
                "cases appended."
            )
        for what in loaded.kept:
            self.stderr.write(f"Kept as edited at the desk: {what}.")

"""Load the catalogue's files into the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from policies.differences import differences
from policies.exporting import take_out
from policies.folder import Folder, FolderError, read_folder
from policies.former_pages import former_names
from policies.loading import load_folder
from policies.report import judgement_reasons, report

DEFAULT = Path(__file__).resolve().parents[2] / "data"


class Command(BaseCommand):
    """Validates every file before it writes any; what the desk edited is kept."""

    help = "Load insurers, policies and worked cases from a folder of YAML files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, default=DEFAULT, metavar="PATH")
        instead = parser.add_mutually_exclusive_group()
        instead.add_argument(
            "--report",
            action="store_true",
            help="print what the documents' lists are made of, and load nothing",
        )
        instead.add_argument(
            "--check",
            action="store_true",
            help="tell where the files and the database differ, and load nothing",
        )

    def handle(self, *, path: Path, **options: Any) -> None:
        try:
            folder = read_folder(path, former=None if options["report"] else former_names())
            if options["report"]:
                today = timezone.localdate()
                self.stdout.write(report(folder, on=today, reasons=judgement_reasons()))
                return
            if options["check"]:
                self.compare(folder)
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
        for what in folder.renamed:
            self.stderr.write(f"Renamed here: {what}.")
        for what in loaded.kept:
            self.stderr.write(f"Kept as edited at the desk: {what}.")

    def compare(self, folder: Folder) -> None:
        """Exit code 1 says that something differs, as with `diff`."""
        found = differences(folder, take_out())
        if found:
            count = f"{len(found)} differences" if len(found) > 1 else "1 difference"
            raise CommandError("\n".join([*found, f"Nothing was loaded: {count}."]), returncode=1)
        self.stdout.write("The database holds what the files hold.")

"""Write the published catalogue as the files it can be loaded from."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from policies.exporting import take_out
from policies.folder import write_folder
from policies.management.commands.load_policies import DEFAULT


class Command(BaseCommand):
    """Writes one canonical form: dumping what was loaded gives the same files."""

    help = "Write insurers, published policies and worked cases as YAML files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, default=DEFAULT, metavar="PATH")

    def handle(self, *, path: Path, **options: Any) -> None:
        folder = take_out()
        try:
            write_folder(path, folder)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}", returncode=2) from error
        self.stdout.write(f"Wrote {len(folder.documents)} documents to {path}.")

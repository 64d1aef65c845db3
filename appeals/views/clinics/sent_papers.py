"""Documents as they arrive: in memory, and by name even where they do not arrive whole."""

from typing import Any

from appeals.clinics.pages import ClinicRequest
from appeals.views.packet import PapersInMemory


class SentPapers(PapersInMemory):
    """Remembers each file that began to come, for one that broke off is handed to nobody."""

    def __init__(self, request: ClinicRequest) -> None:
        super().__init__(request)
        self.started: list[str] = []

    def new_file(self, field_name: str, file_name: str, *more: Any, **others: Any) -> None:
        self.started.append(file_name)
        super().new_file(field_name, file_name, *more, **others)

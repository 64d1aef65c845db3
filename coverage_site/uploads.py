"""Uploads stay in memory, and one that is too large is told from none at all."""

from typing import IO

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler


class InMemory(MemoryFileUploadHandler):
    """Keeps of all files one byte more than is allowed, so that whoever reads them sees the excess.

    Django's own handler drops a file unseen when the whole request is larger than its limit.
    """

    kept = 0

    @property
    def most(self) -> int:
        """How many bytes all files of one request may have together."""
        return settings.FILE_UPLOAD_MAX_MEMORY_SIZE

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],  # noqa: N803 -- the name is Django's
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = self.most + 1 - self.kept
        if room > 0:
            self.kept += self.file.write(raw_data[:room])

"""Tables to take out of the workspace as CSV, of which no cell is run by a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from numbers import Number
from typing import Any

from django.http import StreamingHttpResponse

from policies.dataset import harmless


def safe_cell(value: Any) -> str:
    """A value as text; what would be run as a formula has a quote before it.

    >>> safe_cell("=1+1"), safe_cell(None), safe_cell(-3)
    ("'=1+1", '', '-3')
    """
    if value is None:
        return ""
    return str(value) if isinstance(value, Number) else harmless(str(value))


class _Echo:
    """What `csv` writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def lines_of(heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The table as lines of CSV."""
    writer = csv.writer(_Echo())
    yield writer.writerow(heading)
    for row in rows:
        yield writer.writerow([safe_cell(one) for one in row])


def csv_file(
    name: str, heading: Sequence[str], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """The table as a file to save; however long, a line at a time is in memory."""
    lines = lines_of(heading, rows)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

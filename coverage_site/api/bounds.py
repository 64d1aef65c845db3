"""What may be asked of the API, and how often, in the words of its page."""

from collections.abc import Iterator

from django.conf import settings
from limits import RateLimitItem, parse_many

from appeals.notice_days import OLDEST_YEARS
from coverage_site.api.bodies import MOST_BYTES
from policies.api.fields import FIRST_DAY, LAST_DAY, MOST_AT_ONCE, MOST_OFFSET
from policies.api.situation_schema import MOST_ROWS

MEGABYTE = 1024 * 1024


def bounds() -> Iterator[tuple[str, str]]:
    """Each bound with what it is for."""
    most = MOST_AT_ONCE
    yield "limit of a list", f"From 1 to {most}; {most} where it is left out."
    yield "offset of a list", f"From 0 to {MOST_OFFSET}; 0 where it is left out."
    yield "Days", f"From {FIRST_DAY} to {LAST_DAY}."
    yield "Days of a notice", f"What has happened: up to on, and from {OLDEST_YEARS} years before."
    yield "A body sent to check or deadlines", f"Up to {MOST_BYTES // 1024} kB."
    yield "A situation", f"Up to {MOST_ROWS} treatments tried, and as many scores and codes."
    largest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE
    yield "A body sent to a CDS service", f"Up to {largest} MB."
    yield "Requests from one address", _rate("page")
    yield "CDS Hooks from one address", _rate("hook")


def _rate(kind: str) -> str:
    text = settings.MOST_FROM_ONE_ADDRESS.get(kind)
    if not text:
        return "No limit."
    often = ", and ".join(_often(one) for one in parse_many(text))
    return (
        f"Up to {often}. What is more is refused with 429, "
        "and Retry-After says how many seconds to wait, at most 60."
    )


def _often(limit: RateLimitItem) -> str:
    unit = limit.GRANULARITY.name
    span = f"a {unit}" if limit.multiples == 1 else f"{limit.multiples} {unit}s"
    return f"{limit.amount} in {span}"

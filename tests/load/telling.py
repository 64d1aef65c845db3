"""The words and columns of a load run."""

from tests.load.steps import Step

MB = 1024 * 1024
NOTE = """\
The site and its visitors share this computer, so the visitors take from what the site could use;
"visitors" is their share of one processor. "web" and "database" are milliseconds of a processor
that each request took there. A visitor asks twice a second, about as often as twenty who read.
The clinic has {cases} cases. Memory is that of web server and worker, before and after."""
COLUMNS = (
    ("scenario", 10),
    ("users", 6),
    ("req/s", 7),
    ("p50", 6),
    ("p95", 6),
    ("p99", 6),
    ("errors", 7),
    ("web", 6),
    ("database", 9),
    ("visitors", 9),
    ("memory MB", 11),
)
HEAD = "".join(name.rjust(width) for name, width in COLUMNS)


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 -- whoever started the run waits for it


def told(name: str, step: Step) -> str:
    """One step as a row."""
    cells = (
        name,
        str(step.users),
        f"{step.rate:.1f}",
        *(f"{one:.0f}" for one in (step.p50, step.p95, step.p99)),
        str(step.errors),
        f"{step.web_ms:.0f}",
        f"{step.database_ms:.0f}",
        f"{step.own_share:.0%}",
        f"{step.memory_before / MB:.0f} → {step.memory_after / MB:.0f}",
    )
    return "".join(cell.rjust(width) for cell, (_, width) in zip(cells, COLUMNS, strict=True))

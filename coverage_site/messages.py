"""Gathers every text of code and templates that is translated, and keeps the Spanish file in step.

`make messages` runs it; Babel comes with the development packages alone. New texts enter the file
empty, and a test fails until they have their Spanish.
"""

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from policies.language import UNREVIEWED

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "coverage_site" / "locale" / "es" / "LC_MESSAGES" / "django.po"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "N_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# Folders of templates for the editors' desk, the clinics and programmers, who all read English.
ENGLISH = {"admin", "account", "mfa", "clinics", "api"}
HEADER = (
    "# Spanish of the code's and the templates' texts. Whoever reviews one takes its mark away."
)


def sources() -> Iterator[tuple[Path, str]]:
    """Every file with texts, as Python: templates in the form that Django gives them for this."""
    for app in ("policies", "appeals", "coverage_site"):
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.read_text("utf-8")
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in (".html", ".txt") and not ENGLISH & set(path.parts):
            text = templatize(path.read_text("utf-8"), origin=str(path))
            # What is no text became a row of X; its indents are no Python's.
            yield path, "\n".join(line.strip() for line in text.splitlines())


def extracted() -> Catalog:
    """The texts that are translated now, each with the files it stands in."""
    catalog = Catalog(
        locale="es",
        project="Ketamine Coverage",
        header_comment=HEADER,
        # A day that stands still: the file changes only with its texts.
        creation_date=dt.datetime(2026, 11, 25, tzinfo=dt.UTC),
        revision_date=dt.datetime(2026, 11, 25, tzinfo=dt.UTC),
        version="1",
        last_translator="Ketamine Coverage",
        language_team="Ketamine Coverage",
        msgid_bugs_address="Ketamine Coverage",
        fuzzy=False,
    )
    for path, text in sources():
        name = path.relative_to(ROOT).as_posix()
        raw = io.BytesIO(text.encode())
        for _line, message, _comments, context in extract("python", raw, keywords=KEYWORDS):
            # Without line numbers a text moves without changing this file.
            catalog.add(message, context=context, locations=[(name, 0)], user_comments=[UNREVIEWED])
    return catalog


def current() -> Catalog:
    """The Spanish file as it stands."""
    if not PO.exists():
        return Catalog(locale="es", charset="utf-8")
    with PO.open("rb") as file:
        return read_po(file, locale="es")


def compiled(catalog: Catalog) -> bytes:
    """The form that Django reads."""
    raw = io.BytesIO()
    write_mo(raw, catalog)
    return raw.getvalue()


def update() -> int:
    """Bring the Spanish file in step with the texts; return how many are still without Spanish."""
    catalog = extracted()
    for message in current():
        if message.id and message.id in catalog:
            catalog[message.id].string = message.string
            catalog[message.id].user_comments = message.user_comments
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalog, width=98, sort_output=True, include_lineno=False)
    PO.with_suffix(".mo").write_bytes(compiled(current()))
    return sum(not is_translated(message.string) for message in catalog if message.id)


def is_translated(string: object) -> bool:
    """Whether every form of a message has its Spanish."""
    return all(string) if isinstance(string, tuple | list) else bool(string)


if __name__ == "__main__":
    import django
    from django.conf import settings

    settings.configure()
    django.setup()
    print(f"{update()} texts are without Spanish")  # noqa: T201 -- it is a command

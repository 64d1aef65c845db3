"""The sites where records were read, and whether a number read there may be printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from urllib.parse import urlsplit

from appeals.law.files import LawReader, read_data
from policies.faults import join


class HostKind(StrEnum):
    """Whose page it is. A number may be printed if it was read on any but another's page."""

    PUBLISHER = "publisher"
    LIBRARY = "library"
    ISSUER = "issuer"
    OTHER = "other"

    @property
    def is_primary(self) -> bool:
        return self is not HostKind.OTHER


@dataclass(frozen=True, slots=True)
class Host:
    """A site by the name in its addresses, and what it is."""

    host: str
    kind: HostKind
    what: str


def host_of(url: str) -> Host | None:
    """The site of an address; none where nobody has said what that site is."""
    return hosts().get(urlsplit(url).hostname or "")


@cache
def hosts() -> Mapping[str, Host]:
    """Every site where a record was read."""
    return {one.host: one for one in read_data("evidence_hosts.yaml", read_hosts)}


def read_hosts(data: object) -> tuple[Host, ...]:
    """Read the list of sites; InputError names every fault by place."""
    reader = HostReader()
    found = reader.whole_list(data, reader.host)
    for index, one in enumerate(found):
        if one.host in {other.host for other in found[:index]}:
            reader.add(join(f"[{index}]", "host"), f"{one.host!r} stands twice; keep one")
    reader.raise_faults()
    return found


class HostReader(LawReader):
    """Reads sites."""

    def host(self, data: object, place: str) -> Host:
        entries = self.mapping(data, place, Host.__dataclass_fields__)
        return Host(
            host=self.text(entries, "host", place, wanted="a name as in its addresses"),
            kind=self.choice(entries, "kind", place, HostKind),
            what=self.text(entries, "what", place, wanted="what the site is"),
        )

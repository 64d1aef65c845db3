"""Where an insurer takes appeals, as we read it: never more than a word beside the notice."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from policies.addresses import is_current, is_to_confirm
from policies.catalogue import AddressUse, AppealAddress
from policies.language import said
from policies.presenting.policies import LINES
from policies.state_names import state_name
from policies.wording.dates import printed_date
from policies.wording.phrases import lower_first


@dataclass(frozen=True, slots=True)
class AddressView:
    """An address with the page that prints it; `lines` are as printed."""

    use: str
    plans: str
    lines: tuple[str, ...]
    numbers: tuple[str, ...]
    web: str
    note: str
    source: str
    source_url: str
    read_on: str
    is_to_confirm: bool


def present_addresses(
    addresses: Iterable[AppealAddress], *, on: dt.date
) -> tuple[AddressView, ...]:
    """Those that hold on the day, in the order of what they are for."""
    order = list(AddressUse)
    current = [one for one in addresses if is_current(one, on=on)]
    current.sort(key=lambda one: order.index(one.use))
    return tuple(present_address(one, on=on) for one in current)


def present_address(address: AppealAddress, *, on: dt.date) -> AddressView:
    return AddressView(
        use=said(address.use.label),
        plans=_plans(address),
        lines=address.postal,
        numbers=tuple(_numbers(address)),
        web=address.web,
        note=said(address.note),
        source=urlsplit(address.source_url).netloc.removeprefix("www."),
        source_url=address.source_url,
        read_on=printed_date(address.read_on),
        is_to_confirm=is_to_confirm(address, on=on),
    )


def _plans(address: AppealAddress) -> str:
    """For whom it is: the lines, the states, and the benefit where it is for one alone."""
    where = ", ".join(state_name(one) for one in address.states) or _("the whole country")
    parts = [", ".join(str(LINES[one]) for one in address.lines_of_business), where]
    if address.benefit is not None:
        parts.append(_("benefit: %(name)s") % {"name": lower_first(said(address.benefit.label))})
    return "; ".join(parts)


def _numbers(address: AppealAddress) -> Iterable[str]:
    if address.phone:
        yield _("Phone %(number)s") % {"number": address.phone}
    if address.fax:
        yield _("Fax %(number)s") % {"number": address.fax}

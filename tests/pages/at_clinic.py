"""People of clinics in browsers of their own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.core.cache import cache
from playwright.sync_api import Browser, Page

from tests.pages.at_desk import BROWSERS, signed_in

Enter = Callable[[User], Page]


@contextmanager
def letting_in(browser: Browser, site: str, *, expected: str = "nothing") -> Iterator[Enter]:
    """Lets each person in with a browser of their own, of which nothing else may complain."""
    # What a walk before counted as tried sign-ins.
    cache.clear()
    opened: list[tuple[Page, list[str]]] = []

    def enter(person: User) -> Page:
        opened.append(signed_in(browser, site, person, **BROWSERS["desktop, dark"]))
        return opened[-1][0]

    yield enter
    for page, complaints in opened:
        assert [one for one in complaints if expected not in one] == []
        page.context.close()

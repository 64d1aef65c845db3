"""Every public page that search engines may list, in both languages."""

import datetime as dt

from django.contrib.sitemaps import Sitemap
from django.urls import URLResolver, get_resolver, reverse

from policies import terms
from policies.models import Policy
from policies.published import published_catalogue

Page = tuple[str, tuple[str, ...]]


class Pages(Sitemap[Page]):
    """Pages by the name of their address and its arguments."""

    i18n = True
    alternates = True
    x_default = True

    def items(self) -> list[Page]:
        catalogue = published_catalogue()
        alone = (
            "home",
            "policies:check",
            "appeals:denied",
            "appeals:evidence",
            "appeals:letters",
            "policies:list",
            "policies:map",
            "policies:states",
        )
        return [
            *((name, ()) for name in (*alone, "policies:data", *guide_names())),
            *(("policies:state", (state.lower(),)) for state in terms.states()),
            *(("policies:insurer", (slug,)) for slug in catalogue.insurers),
        ]

    def location(self, item: Page) -> str:
        name, arguments = item
        return reverse(name, args=arguments)


class Policies(Sitemap[Policy]):
    """The page of each policy, with the day when an edition was last published."""

    i18n = True
    alternates = True
    x_default = True

    def items(self) -> list[Policy]:
        return list(Policy.objects.with_last_published())

    def lastmod(self, item: Policy) -> dt.datetime:
        return item.last_published


def guide_names() -> list[str]:
    """The guide's pages, whichever there are, by the names of their addresses."""
    namespaces = get_resolver().namespace_dict
    if "guide" not in namespaces:
        return []
    _, resolver = namespaces["guide"]
    return [
        f"guide:{name}"
        for name in resolver.reverse_dict
        if isinstance(name, str) and _wants_no_argument(resolver, name)
    ]


def _wants_no_argument(resolver: URLResolver, name: str) -> bool:
    routes = resolver.reverse_dict.getlist(name)
    return any(not wanted for ways, *_ in routes for _, wanted in ways)


SITEMAPS = {"pages": Pages, "policies": Policies}

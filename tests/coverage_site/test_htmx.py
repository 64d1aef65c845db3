import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxMiddleware

from coverage_site.htmx import HtmxHttpRequest, wants_partial


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        pytest.param({}, False, id="a browser on its own"),
        pytest.param({"HX-Request": "true"}, True, id="htmx swaps a part"),
        pytest.param({"HX-Request": "true", "HX-Boosted": "true"}, False, id="a boosted link"),
        pytest.param(
            {"HX-Request": "true", "HX-History-Restore-Request": "true"},
            False,
            id="the back button, and htmx kept no copy",
        ),
    ],
)
def test_only_a_swap_gets_a_part(headers: dict[str, str], *, expected: bool) -> None:
    request = HtmxHttpRequest()
    request.META = RequestFactory().get("/", headers=headers).META
    HtmxMiddleware(lambda _request: HttpResponse())(request)
    assert wants_partial(request) is expected

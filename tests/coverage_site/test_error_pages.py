from django.template.loader import render_to_string


def test_an_error_page_needs_nothing_from_the_request() -> None:
    page = render_to_string("500.html")
    assert "Something went wrong on our side" in page

"""The pages for what went wrong: in the look of the site, whatever is missing."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client

HEADING = "<h1>We could not read what was sent</h1>"


def test_an_error_page_needs_nothing_from_the_request() -> None:
    page = render_to_string("500.html")
    assert "Something went wrong on our side" in page


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param({f"field-{number}": "1" for number in range(2_100)}, id="fields"),
        pytest.param({"letter": "x" * 5_000_000}, id="characters"),
        pytest.param(
            {"file": [SimpleUploadedFile(f"{n}.pdf", b"x") for n in range(45)]}, id="files"
        ),
    ],
)
def test_what_is_too_much_to_read_is_told_in_the_look_of_the_site(
    client: Client, sent: dict[str, Any]
) -> None:
    response = client.post("/letters/", sent)
    assert response.status_code == 400
    page = response.content.decode()
    assert HEADING in page
    assert "site-main" in page
    assert '<html lang="es"' in client.post("/es/letters/", sent).content.decode()


def test_a_file_name_that_is_too_long_is_told_too(client: Client) -> None:
    head = f'Content-Disposition: form-data; name="file"; filename="{"x" * 5_000}.pdf"'
    body = f"--sample\r\n{head}\r\n\r\nx\r\n--sample--\r\n"
    response = client.post("/letters/", body, content_type="multipart/form-data; boundary=sample")
    assert response.status_code == 400
    assert HEADING in response.content.decode()

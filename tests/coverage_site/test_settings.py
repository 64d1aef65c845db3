import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

import pytest
from django.core.files.base import ContentFile
from django.http import HttpRequest
from django.test import Client
from django.urls import path
from pytest_django import Settings

from coverage_site.local_keys import fresh_entry
from coverage_site.privacy import LogFormatter, RequestLineFormatter

PROJECT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "ALLOWED_HOSTS": "coverage.example.org",
    "SECRET_KEY": "a-long-key-made-of-enough-different-characters-0123456789",
    "DATABASE_URL": "postgresql://coverage@127.0.0.1:1/coverage",
    "CLINIC_KEYS": fresh_entry("2026"),
    "SIGNING_KEYS": fresh_entry("2026"),
}


def begin(program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python as a server does: with these variables and no others."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=PROJECT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        pytest.param({"SECRET_KEY": ""}, "SECRET_KEY is not set", id="no secret"),
        pytest.param({"SIGNING_KEYS": PRODUCTION["CLINIC_KEYS"]}, "share a key", id="one key"),
    ],
)
def test_every_process_refuses_to_start_without_telling_a_key(
    changed: dict[str, str], expected: str
) -> None:
    done = begin("import coverage_site.settings", **{**PRODUCTION, **changed})
    assert done.returncode != 0
    assert expected in done.stderr.splitlines()[-1]
    assert PRODUCTION["CLINIC_KEYS"].partition(":")[2] not in done.stderr


def test_production_has_nothing_to_mend_and_collects_hashed_files(tmp_path: Path) -> None:
    """Both in one process, since starting one is most of what either takes."""
    done = begin(
        "from django.core.management import execute_from_command_line as run\n"
        "run(['manage.py', 'check', '--deploy', '--fail-level', 'WARNING'])\n"
        "run(['manage.py', 'collectstatic', '--no-input', '--ignore', 'admin'])",
        DJANGO_SETTINGS_MODULE="coverage_site.settings",
        STATIC_ROOT=str(tmp_path / "collected"),
        **PRODUCTION,
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
    manifest = json.loads((tmp_path / "collected" / "staticfiles.json").read_text())
    hashed = manifest["paths"]["django_htmx/htmx-2.min.js"]
    assert hashed != "django_htmx/htmx-2.min.js"
    assert (tmp_path / "collected" / f"{hashed}.gz").exists()


@pytest.mark.django_db
def test_a_page_allows_nothing_from_elsewhere_and_nothing_inline(client: Client) -> None:
    policy = client.get("/admin/login/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.django_db
def test_a_visitor_without_an_account_gets_no_session(client: Client, settings: Settings) -> None:
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert settings.SESSION_COOKIE_NAME not in response.cookies


@pytest.mark.django_db
def test_htmx_comes_from_this_site(client: Client) -> None:
    page = client.get("/no/such/page/").content.decode()
    assert 'src="/static/django_htmx/htmx-2.min.js"' in page
    script = client.get("/static/django_htmx/htmx-2.min.js")
    assert b"htmx" in script.getvalue()
    script.close()


@pytest.mark.django_db
def test_a_form_from_elsewhere_is_refused_in_plain_words() -> None:
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "someone"})
    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()


def fail_with_answers_in_hand(request: HttpRequest) -> NoReturn:
    answers = [request.body, request.POST, request.FILES]
    raise LookupError(f"{len(answers)} answers")


urlpatterns = [path("fail/", fail_with_answers_in_hand)]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    "sent",
    [
        pytest.param({"data": {"diagnosis": "private"}}, id="a form"),
        pytest.param({"data": {"notice": ContentFile(b"x", "private.pdf")}}, id="a file"),
        pytest.param(
            {"data": '{"diagnosis": "private"}', "content_type": "application/json"}, id="a body"
        ),
    ],
)
@pytest.mark.parametrize("accept", ["text/html", "text/plain"])
def test_an_error_page_repeats_no_answer_even_with_debug_on(
    client: Client, settings: Settings, sent: dict[str, Any], accept: str
) -> None:
    settings.DEBUG = True
    client.raise_request_exception = False
    response = client.post("/fail/", **sent, headers={"accept": accept})
    assert response.status_code == 500
    assert "LookupError" in response.content.decode()
    assert "private" not in response.content.decode()


def test_a_request_line_has_the_method_the_path_and_the_status() -> None:
    record = logging.makeLogRecord(
        {
            "name": "django.server",
            "msg": '"%s" %s %s',
            "args": ("GET /check/?diagnosis=private HTTP/1.1", "200", "512"),
            "status_code": 200,
        }
    )
    assert RequestLineFormatter().format(record) == "GET /check/ 200"


def test_a_logged_error_says_where_but_repeats_nothing_typed() -> None:
    try:
        raise ValueError("a private diagnosis")
    except ValueError:
        record = logging.makeLogRecord(
            {"name": "sample", "msg": "failed", "exc_info": sys.exc_info()}
        )
    line = LogFormatter().format(record)
    assert "test_settings.py" in line
    assert "ValueError" in line
    assert "a private diagnosis" not in line.replace('raise ValueError("a private diagnosis")', "")

"""What can't be meant is refused in one line that names the variable and what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from coverage_site import environment

LONG = "Vq3xK0tJ7sWm5yZ1cRb8nLd4fGh6pTa9eUo2iXkQwErTyUiOpA"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DEBUG", "BEHIND_PROXY", "EMAIL_HOST", "DEFAULT_FROM_EMAIL"):
        monkeypatch.delenv(name, raising=False)


def refusal(read: Callable[[], object]) -> str:
    with pytest.raises(ImproperlyConfigured) as raised:
        read()
    assert "\n" not in str(raised.value)
    return str(raised.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", "SECRET_KEY is not set. Make one: python3 -c", id="none"),
        pytest.param(LONG[:49], "SECRET_KEY can be guessed", id="short"),
        pytest.param("abcdefghij" * 10, "SECRET_KEY can be guessed", id="few letters"),
        pytest.param(f"django-insecure-{LONG}", "SECRET_KEY can be guessed", id="startproject's"),
    ],
)
def test_a_weak_secret_is_refused(
    text: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", text)
    said = refusal(lambda: environment.secret("SECRET_KEY"))
    assert said.startswith(expected)
    assert not text or text not in said


def test_a_long_random_secret_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", LONG)
    assert environment.secret("SECRET_KEY") == LONG


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param("", "ALLOWED_HOSTS is not set", id="none"),
        pytest.param("coverage.example.org, *", "lets in every name", id="every name"),
        pytest.param("https://coverage.example.org", "Write names alone", id="an address"),
        pytest.param(".", "Write names alone", id="a dot"),
    ],
)
def test_a_site_answers_to_its_own_names(
    names: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", names)
    assert expected in refusal(lambda: environment.site_names("ALLOWED_HOSTS"))
    monkeypatch.setenv("ALLOWED_HOSTS", "coverage.example.org, .example.net")
    assert environment.site_names("ALLOWED_HOSTS") == ["coverage.example.org", ".example.net"]


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("sqlite:///db.sqlite3", id="no PostgreSQL"),
        pytest.param("coverage", id="no address"),
        pytest.param("postgresql://someone:marked@127.0.0.1", id="no database"),
        pytest.param("postgresql://someone:marked/word@127.0.0.1/coverage", id="a bare slash"),
        pytest.param("postgresql://someone:marked@127.0.0.1:port/coverage", id="no port"),
    ],
)
def test_an_address_that_names_no_database_is_refused_without_its_password(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    said = refusal(lambda: environment.database("DATABASE_URL", ""))
    assert said.startswith("DATABASE_URL must name a PostgreSQL server")
    assert "marked" not in said


def test_a_server_needs_a_database_and_keys_that_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert "is not set" in refusal(lambda: environment.database("DATABASE_URL", ""))
    monkeypatch.delenv("CLINIC_KEYS", raising=False)
    assert "fresh_key" in refusal(lambda: environment.key_ring("CLINIC_KEYS", tmp_path / "keys"))
    assert not (tmp_path / "keys").exists()
    monkeypatch.setenv("DEBUG", "1")
    assert environment.key_ring("CLINIC_KEYS", tmp_path / "keys").startswith("local:")


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        pytest.param({"EMAIL_HOST": "mail.example.org"}, "DEFAULT_FROM_EMAIL", id="from nobody"),
        pytest.param({"EMAIL_HOST_USER": "coverage"}, "EMAIL_HOST", id="no server"),
        pytest.param(
            {
                "EMAIL_HOST": "mail.example.org",
                "DEFAULT_FROM_EMAIL": "desk@example.org",
                "EMAIL_HOST_USER": "coverage",
            },
            "EMAIL_HOST_PASSWORD",
            id="no password",
        ),
    ],
)
def test_half_a_mail_server_is_none(
    given: dict[str, str], missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.refuse_half_a_mail_server()
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    said = refusal(environment.refuse_half_a_mail_server)
    assert f"and {missing} is not" in said


def test_debug_is_not_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBUG", "1")
    environment.refuse_debug_behind_a_proxy()
    monkeypatch.setenv("BEHIND_PROXY", "1")
    assert "Turn DEBUG off" in refusal(environment.refuse_debug_behind_a_proxy)


@pytest.mark.parametrize("text", ["abc", "0", "-3", "2.5", "٣", "1e3"])
def test_a_number_that_is_none_is_refused_by_name(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEB_THREADS", text)
    said = refusal(lambda: environment.whole_number("WEB_THREADS", 4))
    assert said == f"WEB_THREADS is {text!r}. Set it to a whole number of 1 or more, such as 4."


def test_a_number_that_is_not_set_is_the_usual_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEB_THREADS", "")
    assert environment.whole_number("WEB_THREADS", 4) == 4


@pytest.mark.parametrize(
    ("name", "text", "read"),
    [
        pytest.param(
            "BEHIND_PROXY", "ja", lambda: environment.is_on("BEHIND_PROXY"), id="neither yes nor no"
        ),
        pytest.param(
            "SECRET_KEY_FALLBACKS",
            f"{LONG} short",
            lambda: environment.old_secrets("SECRET_KEY_FALLBACKS"),
            id="an old secret that is short",
        ),
        *(
            pytest.param("MOST_PAGES", text, lambda: environment.rates("MOST_PAGES", "9/minute"))
            for text in ("banana", "-1/minute", "0/second", "5")
        ),
    ],
)
def test_what_can_not_be_meant_is_refused_by_name(
    name: str, text: str, read: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, text)
    assert refusal(read).startswith(f"{name} ")


def test_rates_are_as_they_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.rates("MOST_PAGES", "9/minute") == "9/minute"
    monkeypatch.setenv("MOST_PAGES", "")
    assert environment.rates("MOST_PAGES", "9/minute") == ""

"""Where clients of CDS Hooks are named, whoever else calls is refused."""

import base64
import json
import time
from collections.abc import Iterator
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from jwt.algorithms import ECAlgorithm
from pytest_django import Settings

from coverage_site.cds_clients import CLAIMS, LONGEST_LIFE, MemoryFullError, Replays, cds_clients
from policies.hooks import views
from tests.policies.hooks.calls import SIGN, SPRAVATO, call, medication, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("some_policies")]

PROBLEM = "application/problem+json"
GOOD = call(medication(SPRAVATO))
ISSUER = "https://ehr.example.org"
KEY, OTHER_KEY = ec.generate_private_key(ec.SECP384R1()), ec.generate_private_key(ec.SECP384R1())


def jwk(key: ec.EllipticCurvePrivateKey = KEY, **fields: Any) -> dict[str, Any]:
    public: dict[str, Any] = ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return {**public, "kid": "one", "use": "sig", "alg": "ES384", **fields}


def token(key: Any = KEY, *, algorithm: str = "ES384", head: Any = None, **claims: Any) -> str:
    """A token that opens the service, but for what is changed; None leaves a claim out."""
    now = int(time.time())
    told = {"iss": ISSUER, "aud": f"https://coverage.example.org{SIGN}", "iat": now}
    told |= {"exp": now + 300, "jti": str(time.monotonic_ns()), **claims}
    payload = {name: value for name, value in told.items() if value is not None}
    return jwt.encode(payload, key, algorithm, headers={"kid": "one", **(head or {})})


def without(name: str) -> str:
    """A token that lacks a claim."""
    lacking: dict[str, Any] = {name: None}
    return token(**lacking)


@pytest.fixture
def closed(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A site that knows one client."""
    clients = {ISSUER: {"keys": [jwk()]}, f"{ISSUER}/two": {"keys": [jwk(OTHER_KEY, kid="two")]}}
    monkeypatch.setenv("CDS_CLIENTS", json.dumps(clients))
    settings.CDS_CLIENTS = cds_clients("CDS_CLIENTS")
    settings.ALLOWED_HOSTS = ["coverage.example.org", "testserver"]
    views._gate.cache_clear()  # noqa: SLF001 -- it holds what the settings were
    yield
    views._gate.cache_clear()  # noqa: SLF001 -- as above


def status_of(client: Client, bearer: str) -> int:
    return int(sent(client, GOOD, headers={"authorization": bearer}).status_code)


@pytest.mark.usefixtures("closed")
def test_a_client_that_is_known_is_let_in_and_each_token_once(client: Client) -> None:
    fresh = token()
    assert [status_of(client, f"Bearer {fresh}") for _ in range(2)] == [200, 401]
    listed = token(aud=["https://coverage.example.org/cds-services"])
    found = client.get("/cds-services", headers={"authorization": f"Bearer {listed}"})
    assert found.status_code == 200


DEEP_TOKEN = base64.urlsafe_b64encode(b"[" * 5000).decode()


def now() -> int:
    return int(time.time())


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: "", id="none"),
        pytest.param(lambda: f"Basic {token()}", id="another scheme"),
        pytest.param(lambda: "Bearer qwmark", id="no token"),
        pytest.param(lambda: f"Bearer {DEEP_TOKEN}.{DEEP_TOKEN}.x", id="nested too deeply"),
        pytest.param(lambda: f"Bearer {token(OTHER_KEY)}", id="another key"),
        pytest.param(lambda: f"Bearer {token(OTHER_KEY, head={'kid': 'two'})}", id="another's key"),
        pytest.param(lambda: f"Bearer {token(head={'kid': 'three'})}", id="a key not known"),
        pytest.param(lambda: f"Bearer {token(head={'typ': 'at+jwt'})}", id="another type"),
        pytest.param(lambda: f"Bearer {token(iss='https://elsewhere.org')}", id="another issuer"),
        pytest.param(lambda: f"Bearer {token(aud='https://coverage.example.org')}", id="audience"),
        pytest.param(lambda: f"Bearer {token(exp=now() - 60, iat=now() - 120)}", id="run out"),
        pytest.param(
            lambda: f"Bearer {token(iat=now() + 3600, exp=now() + 3700)}", id="from tomorrow"
        ),
        pytest.param(
            lambda: f"Bearer {token(iat=now(), exp=now() + LONGEST_LIFE + 60)}",
            id="too long a life",
        ),
        pytest.param(lambda: f"Bearer {token(exp='9999999999')}", id="a text for a number"),
        pytest.param(
            lambda: f"Bearer {token('s' * 48, algorithm='HS384')}", id="signed with a shared word"
        ),
        pytest.param(lambda: f"Bearer {token(None, algorithm='none')}", id="not signed"),
        *(
            pytest.param(lambda name=name: f"Bearer {without(name)}", id=f"without {name}")
            for name in CLAIMS
        ),
    ],
)
def test_any_other_token_is_refused(client: Client, make: Any) -> None:
    response = sent(client, GOOD, headers={"authorization": make()})
    assert (response.status_code, response["Content-Type"]) == (401, PROBLEM)
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert f"aud https://coverage.example.org{SIGN}, exp" in response.json()["detail"]


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize(
    ("is_debug", "site"), [(False, "https://coverage.example.org"), (True, "http://localhost:8000")]
)
def test_a_token_that_is_refused_is_told_the_audience_that_is_wanted(
    client: Client, settings: Settings, *, is_debug: bool, site: str
) -> None:
    settings.DEBUG = is_debug
    wrong = sent(client, GOOD, headers={"authorization": f"Bearer {token(aud='https://wrong')}"})
    assert wrong["WWW-Authenticate"] == (
        'Bearer error="invalid_token", '
        f'error_description="The token is not taken; its aud must be {site}{SIGN}"'
    )
    assert status_of(client, f"Bearer {token(aud=f'{site}{SIGN}')}") == 200


@pytest.mark.usefixtures("closed")
def test_a_call_without_a_token_is_told_of_no_error_in_it(client: Client) -> None:
    assert sent(client, GOOD)["WWW-Authenticate"] == "Bearer"


def test_no_more_tokens_are_remembered_than_fit_and_none_is_forgotten_for_another() -> None:
    replays = Replays(most=2)
    assert replays.is_first("one", until=time.time() + 60)
    assert replays.is_first("two", until=time.time() - 1)
    assert replays.is_first("three", until=time.time() + 60)
    with pytest.raises(MemoryFullError):
        replays.is_first("four", until=time.time() + 60)
    assert not replays.is_first("one", until=time.time() + 60)


PRIVATE = ECAlgorithm.to_jwk(KEY, as_dict=True) | {"kid": "one"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("/no/such/file", "names a file that can't be read", id="no file"),
        pytest.param("{", "is not JSON", id="no JSON"),
        pytest.param("{}", "names no client", id="nobody"),
        pytest.param(json.dumps({ISSUER: {}}), "gives no keys", id="an issuer without keys"),
        pytest.param(json.dumps({"": {"keys": [jwk()]}}), "gives no keys", id="keys of nobody"),
        pytest.param(json.dumps({ISSUER: {"keys": [jwk(kid="")]}}), "without a kid", id="no kid"),
        pytest.param(
            json.dumps({ISSUER: {"keys": [jwk(), jwk()]}}), "without a kid of its own", id="twice"
        ),
        pytest.param(json.dumps({ISSUER: {"keys": [PRIVATE]}}), "a private key", id="private"),
        pytest.param(json.dumps({ISSUER: {"keys": [jwk(crv="P-256")]}}), "P-384", id="a curve"),
        pytest.param(json.dumps({ISSUER: {"keys": [jwk(x="?")]}}), "can't read", id="no key"),
        pytest.param(
            json.dumps({ISSUER: {"keys": [{"kty": "oct", "kid": "one", "k": "c2VjcmV0"}]}}),
            "RS384 or ES384",
            id="a shared word",
        ),
    ],
)
def test_clients_that_can_not_be_meant_keep_the_site_from_starting(
    monkeypatch: pytest.MonkeyPatch, text: str, says: str
) -> None:
    monkeypatch.setenv("CDS_CLIENTS", text)
    with pytest.raises(ImproperlyConfigured, match=says):
        cds_clients("CDS_CLIENTS")


def test_clients_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    file = tmp_path / "clients.json"
    file.write_text(json.dumps({ISSUER: {"keys": [jwk()]}}), encoding="utf-8")
    monkeypatch.setenv("CDS_CLIENTS", str(file))
    assert list(cds_clients("CDS_CLIENTS")) == [ISSUER]

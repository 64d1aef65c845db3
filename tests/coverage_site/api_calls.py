"""Calls of the API, and the forms that its answers come in."""

from typing import Any

from django.test import Client

JSON = "application/json"
PROBLEM = "application/problem+json"


def post(client: Client, body: Any, address: str = "check", **asked: Any) -> Any:
    """The answer to what is told at an address of the API."""
    return client.post(f"/api/v1/{address}", body, **({"content_type": JSON} | asked))

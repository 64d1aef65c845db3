"""Requests to begin with, each as a line for a terminal."""

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coverage_site.api.bodies import JSON


@dataclass(frozen=True, slots=True)
class Example:
    """A request; one with a body is sent by POST."""

    title: str
    address: str
    body: Mapping[str, Any] | None = None

    def command(self, *, site: str) -> str:
        """The request as curl sends it to a site.

        >>> Example("Insurers", "/api/v1/insurers").command(site="https://example.test")
        'curl https://example.test/api/v1/insurers'
        """
        words = ["curl"]
        if self.body is not None:
            words += ["-H", f"Content-Type: {JSON}", "-d", json.dumps(self.body)]
        return shlex.join([*words, f"{site}{self.address}"])


EXAMPLES = (
    Example(
        "Policies in Massachusetts on esketamine, as they stood on a day",
        "/api/v1/policies?state=MA&treatment=esketamine_nasal&on=2026-05-03",
    ),
    Example(
        "A check of a situation",
        "/api/v1/check",
        {
            "version": 1,
            "plan": {"line_of_business": "commercial", "insurer": "bcbs-ma", "issue_state": "MA"},
            "treatment": "esketamine_nasal",
            "icd10_codes": ["F33.2"],
            "answers": {"age": 44},
            "treatments_tried": [
                {
                    "kind": "antidepressant",
                    "drug": "sertraline",
                    "weeks": 8,
                    "outcome": "no_response",
                    "this_episode": True,
                }
            ],
        },
    ),
    Example(
        "The last days after a denial",
        "/api/v1/deadlines?on=2026-11-25",
        {"plan_type": "erisa_insured", "notice": {"notice_on": "2026-11-02"}},
    ),
    Example("What editions ask, as FHIR Questionnaires", "/api/v1/questionnaires?limit=5"),
    Example("The services of CDS Hooks", "/cds-services"),
)

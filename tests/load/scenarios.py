"""The scenarios of a load run: what patients, letter writers and people of a clinic come for."""

import json
import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

from tests.appeals.letters_pages import APPEAL, DENIED, NAME, PRIOR
from tests.load.visitors import SCREEN, Steps, Visitor, chance, form_in
from tests.policies.html import FULL, PLAN

OTHERS = {
    "commercial": ("aetna", "bcbs-al", "cigna", "highmark", "tufts-health-plan"),
    "medicaid": ("",),
    "original_medicare": ("",),
    "va": ("",),
}
ESKETAMINE = {"plan-treatment": "esketamine_nasal", "answers-age": "52"}
SITUATIONS: list[dict[str, Any]] = [
    PLAN | FULL,
    *(
        PLAN | FULL | treatment | {"plan-line_of_business": line, "plan-insurer": insurer}
        for line, insurers in OTHERS.items()
        for insurer in insurers
        for treatment in ({}, ESKETAMINE)
    ),
]
PAGES = ("/map/", "/states/", "/guide/", "/evidence/", "/policies/", "/insurers/aetna/")
STAFF = json.loads(Path(os.environ["LOAD_STAFF"]).read_text(encoding="utf-8"))
CLINIC = f"/clinics/{STAFF['clinic']}/"
FILTERS = ("due=overdue", "due=this_week", "closed=on", "missing=on", "page=3")


class Patient(Visitor):
    """Checks a plan, screen by screen to the answer; every third comes with a denial as well."""

    def visit(self) -> Steps:
        self.get("/", "/", wants="<main")
        yield
        page = self.get("/check/", "/check/", wants=SCREEN)
        yield
        yield from self.screens("/check/", page, chance.choice(SITUATIONS), to="answer")
        address = chance.choice(PAGES)
        self.get(address, address, wants="<main")
        yield
        if chance.random() < 1 / 3:
            page = self.get("/denied/", "/denied/", wants=SCREEN)
            yield
            yield from self.screens("/denied/", page, DENIED, to="result")


class Writer(Visitor):
    """Goes from a denial or an answer to a finished letter, and takes it away as PDF."""

    def visit(self) -> Steps:
        page = self.get("/letters/", "/letters/", wants="<main")
        yield
        told, start = chance.choice((DENIED, "result"), (PLAN | FULL, "answer"))
        fields = form_in(page, 'name="csrf')

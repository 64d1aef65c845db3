"""The scenarios of a load run: what patients, letter writers and people of a clinic come for."""

import json
import os
import re
from itertools import cycle
from pathlib import Path
from typing import Any

from requests.cookies import create_cookie

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
FILTERS = ("due=overdue", "due=soon", "closed=on", "missing=on", "page=3")


class Patient(Visitor):
    """Checks a plan, screen by screen to the answer; every third comes with a denial as well."""

    weight = 6

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

    weight = 1

    def visit(self) -> Steps:
        page = self.get("/letters/", "/letters/", wants=SCREEN)
        yield
        kind, told, at = chance.choice(LETTERS)
        begun = form_in(page, SCREEN) | told | {"at": at, "go": "write"}
        page = self.post("/letters/", begun, "/letters/ begin", wants=SCREEN)
        yield
        page = yield from self.screens("/letters/", page, kind | NAME, to="finish")
        address = "/letters/letter.pdf"
        self.post(address, form_in(page, SCREEN), address, wants="%PDF")
        yield


LETTERS = ((APPEAL, DENIED, "result"), (PRIOR, PLAN | FULL, "answer"))


class Staff(Visitor):
    """Looks through the work list of a clinic, searches, and works on a case of their own."""

    weight = 3

    def begin(self, number: int) -> None:
        super().begin(number)
        place = number - 1
        session = STAFF["sessions"][place % len(STAFF["sessions"])]
        signed_in = create_cookie("sessionid", session, domain="127.0.0.1")
        self.client.cookiejar.set_cookie(signed_in)
        self.cases = cycle(STAFF["cases"][place :: len(STAFF["sessions"])])

    def visit(self) -> Steps:
        case = f"{CLINIC}cases/{next(self.cases)}/"
        yield from self.work_list()
        page = self.get(case, "a case", wants="case-form")
        yield
        changed = form_in(page, 'id="case-form"') | {"answers-age": str(chance.randint(20, 70))}
        # Some samples were begun without it, and the form asks whoever saves.
        changed["plan-insurer"] = changed.get("plan-insurer") or "unknown"
        page = self.post(case, changed | {"go": "save"}, "a case saved", wants="Saved.")
        yield
        yield from self.letter(case)

    def work_list(self) -> Steps:
        page = self.get(CLINIC, "the work list", wants="work-row")
        yield
        self.get(f"{CLINIC}?{chance.choice(FILTERS)}", "the work list, filtered", wants="work-list")
        yield
        sought = form_in(page, f'action="{CLINIC}search/"')
        sought |= {"text": f"SAMPLE-{chance.randint(1, 500):06}"}
        self.post(f"{CLINIC}search/", sought, "a search", wants="work-row")
        yield

    def letter(self, case: str) -> Steps:
        address = f"{case}letters/"
        page = self.get(address, "letters of a case", wants="letters-begin")
        yield
        page = self.post(
            address, form_in(page, "letters-begin"), "a letter begun", wants="letter.pdf"
        )
        yield
        found = re.search(rf"{case}letters/[0-9a-f-]+/letter\.pdf", page)
        if found is not None:
            self.get(found[0], "a letter as PDF", wants="%PDF")
        yield

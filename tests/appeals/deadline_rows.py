"""The deadline cases as rows: written from the law records, before the code they hold."""

import datetime as dt
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from appeals.law.plan_types import PlanType
from appeals.law.plans import plan_law
from appeals.law.stages import Stage

HERE = Path(__file__).with_name("deadline_cases")
# The records spell it the British way, and know the state's review of an insured plan by another
# name than its route.
STEPS = {"authorisation": "authorization"}


def rows(file: str) -> list[Any]:
    """Every row of a file as a test's parameter, named by its sentence."""
    data = yaml.safe_load((HERE / file).read_text("utf-8"))
    return [pytest.param(row, id=row["name"]) for row in data]


def stage_of(row: dict[str, Any]) -> Stage:
    """The step that a row is about."""
    step = STEPS.get(row["stage"], row["stage"])
    is_insured = row.get("is_insured")
    if is_insured and step == "external_federal":
        step = "external_state"
    return plan_law(PlanType(row["plan_type"])).stage(step, is_insured=is_insured)


def moment(text: Any) -> dt.datetime | dt.date | None:
    """A day, or a local time with its zone as `2026-03-07T20:00 America/New_York`."""
    if not isinstance(text, str):
        day: dt.date | None = text
        return day
    if " " not in text:
        return dt.date.fromisoformat(text)
    local, zone = text.split(" ")
    return dt.datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone))

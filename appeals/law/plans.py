"""The law of each kind of plan, read once from the data."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from appeals.law.files import DATA, read_data
from appeals.law.plan_types import PlanType
from appeals.law.stage_reader import StageReader
from appeals.law.stages import AmountInDispute, PlanLaw, Stage


@cache
def plan_laws() -> Mapping[PlanType, PlanLaw]:
    """The law of every kind of plan; LawDataError names every fault of a file."""
    return _all()[0]


def plan_law(plan_type: PlanType) -> PlanLaw:
    return plan_laws()[plan_type]


@cache
def stages() -> Mapping[str, Stage]:
    """Every step by its id."""
    return _all()[1]


def amount_in_dispute(year: int) -> AmountInDispute | None:
    """What has to be in dispute for a request of that year; None where no figure was read."""
    return next((one for one in _all()[2] if one.year == year), None)


@cache
def _all() -> tuple[Mapping[PlanType, PlanLaw], Mapping[str, Stage], tuple[AmountInDispute, ...]]:
    laws: dict[PlanType, PlanLaw] = {}
    amounts: list[AmountInDispute] = []
    written: Mapping[str, Mapping[str, Any]] = {}
    found: dict[str, Stage] = {}
    for file in sorted((DATA / "routes").glob("*.yaml")):
        reader = StageReader(written, found)

        def read(data: object, reader: StageReader = reader) -> None:
            entries = reader.mapping(data, "", ("plan_types", "amounts_in_dispute", "stages"))
            reader.add_stages(entries)
            for index, one in enumerate(reader.records(entries, "plan_types")):
                law = reader.plan(one, f"plan_types[{index}]")
                laws[law.plan_type] = law
            amounts.extend(
                reader.amount(one, f"amounts_in_dispute[{index}]")
                for index, one in enumerate(reader.records(entries, "amounts_in_dispute"))
            )
            reader.raise_faults()

        read_data(f"routes/{file.name}", read)
        written = reader.written
    return laws, found, tuple(amounts)

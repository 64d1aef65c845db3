"""Keeps the benchmarks beside other engines to `make bench`, and says its results in words."""

from collections.abc import Mapping
from typing import Any

import pytest

# Needs the packages of requirements-bench.txt; pytest reads an ignored file only when it is named.
collect_ignore = ["test_peers.py"]

# What is said, of which benchmark, held to which other.
RATIOS = {
    "bare: {:.2f} times as fast as a decision of zen-engine": (
        "test_ours_decides",
        "test_zen_engine_decides",
    ),
    "bare: {:.2f} times as fast as a lone expression of zen-engine": (
        "test_ours_decides",
        "test_zen_expression_decides",
    ),
    "bare: {:.2f} times as fast as rule-engine": (
        "test_ours_decides",
        "test_rule_engine_decides",
    ),
    "bare: {:.2f} times as fast as json-logic": (
        "test_ours_decides",
        "test_json_logic_decides",
    ),
    "explained: {:.2f} times as fast as json-logic, which explains nothing": (
        "test_ours_explains",
        "test_json_logic_explains_nothing",
    ),
}

MEDIANS = pytest.StashKey[dict[str, float]]()
SAID = pytest.StashKey[list[str]]()


def pytest_benchmark_update_json(config: pytest.Config, output_json: Mapping[str, Any]) -> None:
    """Keep the medians that pytest-benchmark is about to save, and what a benchmark says itself."""
    config.stash[MEDIANS] = {
        one["name"]: one["stats"]["median"] for one in output_json["benchmarks"]
    }
    said = (one["extra_info"].get("said") for one in output_json["benchmarks"])
    config.stash[SAID] = [sentence for sentence in said if sentence]


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Below the tables, say how many times as fast ours is, median to median."""
    medians = config.stash.get(MEDIANS, {})
    for said, (ours, other) in RATIOS.items():
        if ours in medians and other in medians:
            terminalreporter.line(said.format(medians[other] / medians[ours]))
    for sentence in config.stash.get(SAID, []):
        terminalreporter.line(sentence)

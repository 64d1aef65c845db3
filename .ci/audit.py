"""Fail on a known hole in a pinned package, and say so where the list of holes is out of reach.

Usage: python .ci/audit.py requirements.txt ...
"""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from typing import Any

# Holes that do not reach us: the number of each, with why and the day that was found.
IGNORED: dict[str, str] = {}
LONGEST = 300  # seconds, for all packages
# How pip-audit ends where the list does not answer; all else that goes wrong is a fault.
UNREACHED = ("requests.exceptions.", "ServiceError", "vulnerability feed")


@dataclass(frozen=True, slots=True)
class Audit:
    """What came of asking about each package."""

    audited: int
    unknown: list[str] = field(default_factory=list)
    holes: list[str] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """What it comes to, in one line."""
        if not self.audited:
            return "nothing was audited: the list of known holes can't be reached from here"
        missed = f", {len(self.unknown)} could not be asked about" if self.unknown else ""
        return f"{self.audited} packages audited{missed}, {len(self.holes)} known holes"


def read_report(report: str, ignored: dict[str, str] = IGNORED) -> Audit:
    """Read what pip-audit wrote as JSON."""
    audited: dict[str, dict[str, Any]] = {}
    unknown: set[str] = set()
    for one in json.loads(report)["dependencies"]:
        if "skip_reason" in one:
            unknown.add(one["name"])
        else:
            audited[one["name"]] = one
    holes = [
        f"{name} {one['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or '?'}"
        for name, one in audited.items()
        for hole in one["vulns"]
        if not {hole["id"], *hole["aliases"]} & ignored.keys()
    ]
    return Audit(len(audited), sorted(unknown), holes)


def audit(files: list[str]) -> Audit:
    """Ask about everything that these files pin."""
    named = [part for file in files for part in ("--requirement", file)]
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", *named]
    asked = [*command, "--format", "json", "--progress-spinner", "off"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=LONGEST)
    if done.stdout:
        return read_report(done.stdout)
    if any(one in done.stderr for one in UNREACHED):
        return Audit(audited=0)
    raise SystemExit(f"pip-audit failed:\n{done.stderr}")


if __name__ == "__main__":
    result = audit(sys.argv[1:])
    print(result.sentence, *result.holes, sep="\n")  # noqa: T201 -- for whoever runs it
    sys.exit(bool(result.holes))

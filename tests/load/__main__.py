"""`python -m tests.load [SECONDS]`: how many visitors the site serves, and what that takes.

It starts a site of its own on this computer, sends visitors in rising numbers, and prints what
came of it. It ends by itself within ten minutes, with an error where one of them met one.
"""

import os
import signal
import sys
from types import FrameType

from tests.load.site import LoadError, running_site
from tests.load.steps import SCENARIOS, Step, climb, failed_early, rate_at_limit
from tests.load.telling import HEAD, NOTE, say, told

CASES = 3000
SECONDS, LONGEST = 400, 480
OVERALL = 600  # seconds for all of it, from the first to the last
TO_END = 30  # seconds


def overrun(_number: int, _frame: FrameType | None) -> None:
    signal.signal(signal.SIGALRM, lambda *_: os._exit(1))
    signal.alarm(TO_END)
    raise LoadError(f"The run took longer than {OVERALL - TO_END} seconds and was ended.")


def told_to_end(number: int, _frame: FrameType | None) -> None:
    sys.exit(128 + number)


def main(seconds: int) -> int:
    """Try each scenario in turn; 1 where a visitor met an error at a rate that should hold."""
    faults = []
    with running_site(os.environ["DATABASE_URL"], cases=CASES) as site:
        say(NOTE.format(cases=CASES))
        for name, scenario in SCENARIOS.items():
            say(f"\n{HEAD}")
            steps: list[Step] = []
            for step in climb(site, scenario, seconds=seconds / len(SCENARIOS)):
                steps.append(step)
                say(told(name, step))
            say(rate_at_limit(steps))
            faults += failed_early(steps)
        if faults:
            say("\n".join((*faults, site.end_of_log())))
    return 1 if faults else 0


if __name__ == "__main__":
    signal.signal(signal.SIGALRM, overrun)
    signal.signal(signal.SIGTERM, told_to_end)
    signal.signal(signal.SIGHUP, told_to_end)
    signal.alarm(OVERALL - TO_END)
    wanted = int(sys.argv[1]) if sys.argv[1:] else SECONDS
    try:
        sys.exit(main(min(wanted, LONGEST)))
    except LoadError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)

"""The process that opens enclosures and binds a packet: pipes in and out, and no file touched.

It is told by an argument what to do. Its answer is a line of JSON, with the bytes of a PDF after
it. `confined_work.py` starts it.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

from appeals.notices.pages import LetterError
from appeals.packet.binding import bind
from appeals.packet.cleaning import clean_pdf
from appeals.packet.parts import Cleaned, PacketError, PacketRefusal, Part
from appeals.packet.pictures import picture_page
from policies.confined import hold_limits

SECONDS_OF_WORK = 60
MEMORY = 1600 * 1024 * 1024  # a picture of the most pixels takes 800, in color


def clean(raw: bytes) -> Cleaned:
    """The file as Letter pages, by what it is and not by its name."""
    if b"%PDF-" in raw[:1024]:
        return clean_pdf(raw)
    if raw.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return picture_page(raw)
    raise PacketError(PacketRefusal.WRONG_TYPE)


def bound(given: bytes) -> Cleaned:
    """The packet of the parts that a line of JSON names and whose bytes follow it."""
    line, _, rest = given.partition(b"\n")
    told = json.loads(line)
    parts = tuple(_parts(told["parts"], rest))
    return bind(parts, title=told["title"], on=told["on"], is_numbered=told["is_numbered"])


def _parts(told: list[dict[str, Any]], rest: bytes) -> Iterator[Part]:
    begin = 0
    for one in told:
        end = begin + one["size"]
        yield Part(one["title"], one["level"], rest[begin:end])
        begin = end


def answer(task: str, given: bytes) -> bytes:
    try:
        made = clean(given) if task == "clean" else bound(given)
    except PacketError as error:
        return json.dumps({"refusal": error.reason}).encode()
    except LetterError as error:
        return json.dumps({"refusal": PacketRefusal(error.reason.value)}).encode()
    return json.dumps({"pages": made.pages}).encode() + b"\n" + made.pdf


if __name__ == "__main__":
    hold_limits(seconds=SECONDS_OF_WORK, memory=MEMORY)
    sys.stdout.buffer.write(answer(sys.argv[1], sys.stdin.buffer.read()))

"""The pages for whoever runs the site say what its settings and commands say."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from appeals.packet.parts import MOST_PACKET_BYTES
from coverage_site import web_server
from coverage_site.web_process import LONGEST_REQUEST_SECONDS

PROJECT = Path(settings.BASE_DIR)
SITE = PROJECT / "coverage_site"
PAGES = sorted((SITE / "operations").glob("*.md"))
RUNNING = (SITE / "operations" / "running.md").read_text("utf-8")
README = (PROJECT / "README.md").read_text("utf-8")

READS = (
    r"(?:environ\.get|is_on|words|whole_number|secret|site_names|database|key_ring"
    r'|cds_clients|origins|old_secrets|rates)\(\s*"([A-Z_]+)"'
)
OF_MAKE = {"PORT", "CHROMIUM"}
OF_THE_SYSTEM = {"PATH"}


def seconds(name: str) -> int:
    """What nginx or systemd is told under a name."""
    found = re.search(rf"{name}[ =](\d+)", RUNNING)
    assert found, name
    return int(found[1])


def test_the_table_of_settings_names_each_variable_that_is_read_and_no_other() -> None:
    read = {
        name
        for source in SITE.rglob("*.py")
        for name in re.findall(READS, source.read_text("utf-8"))
    }
    table = README.partition("## Settings")[2].partition("\n## ")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    named = {name for cell in cells for name in re.findall(r"`([A-Z_]+)`", cell)}
    assert named - OF_MAKE == read - OF_THE_SYSTEM


def test_the_file_of_settings_that_is_made_names_variables_of_the_table() -> None:
    made = RUNNING.partition("cat > /etc/coverage/env")[2].partition("\nEND\n")[0]
    names = re.findall(r"^([A-Z_]+)=", made, re.MULTILINE)
    assert len(names) > 5
    assert [name for name in names if f"`{name}`" not in README] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_command_of_a_page_exists(page: Path) -> None:
    named = re.findall(r"(?:manage\.py|coverage-manage) ([a-z_]+)", page.read_text("utf-8"))
    assert set(named) <= set(get_commands())


@pytest.mark.parametrize("page", [PROJECT / "README.md", *PAGES], ids=lambda page: page.name)
def test_each_file_that_a_page_leads_to_is_there(page: Path) -> None:
    led = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8"))
    assert [one for one in led if not (page.parent / one).exists()] == []


def test_nginx_lets_in_what_the_site_takes_and_not_much_more() -> None:
    fields = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    most = max(settings.FILE_UPLOAD_MAX_MEMORY_SIZE, MOST_PACKET_BYTES) + fields
    let_in = seconds("client_max_body_size") * 1024 * 1024
    # What is somewhat too large is refused by the site, in its own words.
    assert most * 1.2 < let_in < most * 2


def test_commands_by_hand_look_at_another_database_where_one_is_named(tmp_path: Path) -> None:
    script = RUNNING.partition("`/usr/local/sbin/coverage-manage`")[2].partition("```sh\n")[2]
    named = tmp_path / "env"
    named.write_text('DATABASE_URL="postgresql:///own"\n')
    lines = script.partition("\n```")[0].replace("/etc/coverage/env", str(named)).splitlines()
    shown = "\n".join(one for one in lines[: lines.index("set +a") + 1])
    for other, expected in (({}, "postgresql:///own"), ({"DATABASE_URL": "another"}, "another")):
        said = subprocess.run(
            ["/bin/sh", "-c", f'{shown}\nprintf %s "$DATABASE_URL"'],
            env=other,
            check=True,
            capture_output=True,
            text=True,
        )
        assert said.stdout == expected


def test_each_waits_as_long_as_the_next_may_take() -> None:
    assert seconds("proxy_read_timeout") == LONGEST_REQUEST_SECONDS
    assert seconds("keepalive_timeout") < web_server.keepalive
    assert seconds("TimeoutStopSec") > web_server.graceful_timeout

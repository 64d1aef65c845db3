"""Every page reads at about eighth-grade level, whatever it answers."""

import re
from functools import cache
from typing import Any

import pytest
from django.test import Client

from policies import terms
from tests.factories import real_catalogue
from tests.policies.html import PLAN, post
from tests.policies.reading_level import school_years
from tests.policies.spanish_texts import spoken_texts
from tests.policies.test_guide import EIGHTH_GRADE
from tests.policies.test_spanish_check import PLANS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]

QUOTED_OR_LISTED = re.compile(r"<(blockquote|select|datalist)\b.*?</\1>", re.DOTALL)
FEWEST_WORDS = 6
TENTH_GRADE = 10


def level_of(markup: str) -> float:
    """The school years that a page's own sentences ask for, those of documents left out."""
    _, _, main = QUOTED_OR_LISTED.sub("", markup).partition("<main")
    texts = spoken_texts(main.partition("</main>")[0], without=("en",))
    sentences = [
        text for text in texts if len(text.split()) >= FEWEST_WORDS and text.strip()[-1] in ".?"
    ]
    assert sentences
    return school_years(names_of_the_field().sub("name", one) for one in sentences)


@cache
def names_of_the_field() -> re.Pattern[str]:
    """What has no plainer name: insurers, conditions, medicines and rating scales."""
    found = {one.name for one in real_catalogue().insurers.values()}
    found |= {one.label for one in terms.conditions().values()}
    found |= {name for one in terms.drugs().values() for name in (one.name, *one.brands)}
    found |= {one.label for one in terms.drug_classes().values()}
    found |= {one.name for one in terms.rating_scales().values()}
    longest_first = sorted(found, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)


@pytest.mark.parametrize(
    "address",
    [
        *("/", "/map/", "/policies/", "/states/", "/states/ny/", "/data/", "/guide/", "/check/"),
        "/insurers/bcbs-ma/",
    ],
)
def test_a_page_reads_at_eighth_grade(client: Client, address: str) -> None:
    assert level_of(client.get(address).content.decode()) <= EIGHTH_GRADE


def test_most_policy_pages_read_at_eighth_grade_and_none_beyond_tenth(client: Client) -> None:
    """The few above it name laws and procedures in the notes on a document."""
    addresses = [f"/policies/{one.insurer.slug}/{one.slug}/" for one in real_catalogue().documents]
    levels = [level_of(client.get(one).content.decode()) for one in addresses]
    assert sum(level > EIGHTH_GRADE for level in levels) <= 0.15 * len(levels)
    assert max(levels) < TENTH_GRADE + 1


@pytest.mark.parametrize("go", ["review", "answer"])
@pytest.mark.parametrize("fields", PLANS.values(), ids=PLANS.keys())
def test_an_answer_reads_at_eighth_grade(client: Client, fields: dict[str, Any], go: str) -> None:
    assert level_of(post(client, fields | {"go": go}).content.decode()) <= EIGHTH_GRADE


def test_the_questions_read_at_eighth_grade(client: Client) -> None:
    assert level_of(post(client, PLAN).content.decode()) <= EIGHTH_GRADE

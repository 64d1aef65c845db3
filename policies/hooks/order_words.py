"""The words by which an order and its reason are understood, from the file beside this one."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml


def words_in(text: str) -> frozenset[str]:
    """The words of a text in small letters, so that no name is found inside another."""
    return frozenset(words_in_order(text))


def words_in_order(text: str) -> list[str]:
    """The same as they stand.

    >>> words_in_order("Spravato 84 mg: discontinue")
    ['spravato', 'mg', 'discontinue']
    """
    return re.findall(r"[^\W\d_]+", text.casefold())


@cache
def data() -> Mapping[str, Any]:
    file = Path(__file__).with_name("orders.yaml")
    held: Mapping[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return held


@cache
def words_of_list(name: str) -> frozenset[str]:
    """The words of one list."""
    return frozenset(data()[name])

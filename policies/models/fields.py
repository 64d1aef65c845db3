"""Model fields that several models share."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models

from policies.catalogue import PrintedDate


def choices_of(enumeration: type[Any]) -> list[tuple[str, str]]:
    """The choices of a domain enumeration, by its labels where it has them."""
    return [
        (member.value, getattr(member, "label", member.value.replace("_", " ").capitalize()))
        for member in enumeration
    ]


def validate_printed_date(text: str) -> None:
    """Refuse what is no date, month or year."""
    try:
        PrintedDate(text)
    except ValueError as error:
        raise ValidationError(str(error)) from error


def words_field(choices: list[tuple[str, str]] | None = None) -> "ArrayField[Any, Any]":
    """A list of short texts, optionally from fixed choices."""
    return ArrayField(models.CharField(max_length=200, choices=choices), default=list, blank=True)

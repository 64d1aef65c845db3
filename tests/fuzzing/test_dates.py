"""Whatever is typed as a date or a span is one, or is refused."""

import datetime as dt

from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from policies.catalogue import PrintedDate
from policies.days import read_span
from policies.forms.fields import DateField
from tests.fuzzing.mutating import mutated_text

DATES = ["3/14/2026", "2026-11-26", "2024-11", "2023", "0001-01-01", "12/31/9999", "Nov. 3, 2026"]
SPANS = ["8 weeks before", "0 days before", "3 months before", "99 years", "30 days"]
ON = dt.date(2026, 11, 26)


@given(text=mutated_text(DATES) | st.text(max_size=20))
def test_a_typed_date_is_a_day_or_is_refused_in_words(text: str) -> None:
    try:
        found = DateField().clean(text)
    except ValidationError as error:
        assert all(one.strip() for one in error.messages)
    else:
        assert found is None or isinstance(found, dt.date)


@given(text=mutated_text(DATES) | st.text(max_size=20))
def test_a_printed_date_is_said_in_full_or_refused(text: str) -> None:
    try:
        found = PrintedDate(text)
    except ValueError as error:
        assert "is not a" in str(error)
    else:
        assert str(found)
        assert PrintedDate(found.text) == found


@given(text=mutated_text(SPANS) | st.text(max_size=20))
def test_a_span_is_read_as_it_is_written_or_is_none(text: str) -> None:
    found = read_span(text)
    if found is not None:
        assert read_span(str(found)) == found
        assert found.before(ON) <= ON

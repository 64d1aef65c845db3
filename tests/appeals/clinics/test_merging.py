"""Two people on one case: nothing that either wrote is lost."""

from django.http import QueryDict

from appeals.forms.clinics.merging import chosen, merge

WAS = "answers-age=44&plan-treatment=iv_ketamine&tried-0-drug=sertraline"


def test_what_only_one_of_them_changed_is_kept_from_each() -> None:
    theirs = QueryDict(f"{WAS}&scores-phq9-score=20")
    mine = QueryDict(WAS.replace("44", "45") + "&scores-phq9-score=")
    merged = merge(QueryDict(WAS), theirs, mine)
    assert merged.data["answers-age"] == "45"
    assert merged.data["scores-phq9-score"] == "20"
    assert (merged.taken, merged.both) == (("scores-phq9-score",), ())


def test_a_field_that_both_changed_keeps_what_was_typed_until_one_is_chosen() -> None:
    theirs, mine = (QueryDict(WAS.replace("44", age)) for age in ("46", "45"))
    merged = merge(QueryDict(WAS), theirs, mine)
    assert (merged.data["answers-age"], merged.both) == ("45", ("answers-age",))
    for word, age in (("mine", "45"), ("theirs", "46")):
        said = QueryDict(f"choose.answers-age={word}")
        assert chosen(merged.data, theirs, said)["answers-age"] == age


def test_left_empty_and_not_known_are_the_same() -> None:
    merged = merge(QueryDict(WAS), QueryDict(WAS), QueryDict(f"{WAS}&answers-dementia=unknown"))
    assert (merged.taken, merged.both) == ((), ())


def test_two_treatments_added_at_once_are_two() -> None:
    theirs = QueryDict(f"{WAS}&tried-1-drug=bupropion")
    mine = QueryDict(f"{WAS}&tried-1-drug=venlafaxine&tried-1-weeks=8")
    merged = merge(QueryDict(WAS), theirs, mine)
    assert merged.both == ()
    rows = {name: merged.data[name] for name in merged.data if name.startswith("tried")}
    assert rows == {
        "tried-0-drug": "sertraline",
        "tried-1-drug": "bupropion",
        "tried-2-drug": "venlafaxine",
        "tried-2-weeks": "8",
    }

"""Of several conditions those that say most: "depression" says nothing beside major depression."""

from collections.abc import Collection

from policies.terms import wider_conditions


def narrowest(conditions: Collection[str]) -> tuple[str, ...]:
    """The conditions within which no other of them lies, in the order of their names.

    >>> narrowest({"depression", "mdd", "ptsd"})
    ('mdd', 'ptsd')
    """
    wider = {wide for one in conditions for wide in wider_conditions(one) if wide != one}
    return tuple(sorted(set(conditions) - wider))

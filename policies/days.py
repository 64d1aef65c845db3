"""Days counted in years."""

import datetime as dt


def years_before(day: dt.date, years: int) -> dt.date:
    """The same day so many years earlier; February 29 becomes the 28th where there is none.

    >>> years_before(dt.date(2028, 2, 29), 5)
    datetime.date(2023, 2, 28)
    """
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)

"""Whether this site can send mail; what it sends holds no health data."""

from django.conf import settings


def is_mail_set_up() -> bool:
    """Whether a server for mail is named; else links are handed over by people."""
    return bool(settings.EMAIL_HOST)

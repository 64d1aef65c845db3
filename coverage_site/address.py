"""Where this site answers, for what must not change with who asks: files, cards and mails."""

from django.conf import settings


def site_address() -> str:
    """The address of this site without a stroke at its end, whatever a request's host says."""
    if settings.DEBUG:
        return "http://localhost:8000"
    return f"https://{next(iter(settings.ALLOWED_HOSTS), '').lstrip('.')}"

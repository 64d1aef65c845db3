"""Who must sign in with a second factor, and who has in this session."""

from collections.abc import Callable
from functools import wraps

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponseBase

from appeals.models import Membership

# Who may show patients something, or decide who may, has more to lose than a password; so has
# whoever sees patients' records.
WEIGHTY = ("policies.publish_policyversion", "auth.change_user")
View = Callable[..., HttpResponseBase]
SET_UP = "second_factor_set_up"


def is_needed(person: User) -> bool:
    """Whether a password alone is too little for what this person may do or see."""
    is_weighty = person.is_superuser or any(person.has_perm(right) for right in WEIGHTY)
    return is_weighty or Membership.objects.active().filter(user=person).exists()


def is_passed(request: HttpRequest) -> bool:
    """Whether a second factor was shown, or set up, in this session."""
    records = get_authentication_records(request, request.user)
    return (
        any(record["method"] == "mfa" for record in records)
        or request.session.get(SET_UP) == request.user.pk
    )


def mark_set_up(request: HttpRequest) -> None:
    """Spare the person a second proof of what was proved by setting it up."""
    request.session[SET_UP] = request.user.pk
    request.session.cycle_key()


def renewing(view: View) -> View:
    """Give the session a new key when its second factor is shown.

    Whoever came by the key of a session that a password alone had opened stays outside.
    """

    @wraps(view)
    def shown(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        was_passed = is_passed(request)
        response = view(request, *args, **kwargs)
        if is_passed(request) and not was_passed:
            request.session.cycle_key()
        return response

    return shown


def factors_of(person: User) -> list[Authenticator]:
    """The apps and passkeys of a person, without the recovery codes that come with them."""
    held = Authenticator.objects.filter(user=person)
    return list(held.exclude(type=Authenticator.Type.RECOVERY_CODES))


def may_be_removed(factor: Authenticator) -> bool:
    """The last factor of a person who needs one stays, until there is another."""
    return not is_needed(factor.user) or len(factors_of(factor.user)) > 1

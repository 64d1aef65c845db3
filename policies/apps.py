from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PoliciesConfig(AppConfig):
    name = "policies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from policies import checks  # noqa: F401, PLC0415 -- registers itself; see below
        from policies.roles import set_up_roles  # noqa: PLC0415 -- its models want all apps loaded

        post_migrate.connect(set_up_roles, dispatch_uid="policies.roles")

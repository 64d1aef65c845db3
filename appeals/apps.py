from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "appeals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models are there only now.
        from appeals import checks  # noqa: F401, PLC0415 -- registers itself
        from appeals.clinics.guarding import why_not_at_the_desk  # noqa: PLC0415
        from appeals.clinics.listening import follow_the_catalogue  # noqa: PLC0415
        from policies.guarded import guards  # noqa: PLC0415

        guards.add(why_not_at_the_desk)
        follow_the_catalogue()

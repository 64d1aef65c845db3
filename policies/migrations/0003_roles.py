"""The four groups of the desk. Their rights follow after each migration, by policies/roles.py."""

from django.apps.registry import Apps
from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ROLES = ("reader", "editor", "publisher", "administrator")


def make_groups(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    for name in ROLES:
        groups.get_or_create(name=name)


def make_table_of_tries(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The table in which wrong tries at signing in are counted; nothing if it stands."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0002_more_kinds_of_insurers_and_documents"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.RunPython(make_groups, migrations.RunPython.noop),
        migrations.RunPython(make_table_of_tries, migrations.RunPython.noop),
    ]

"""What a draft holds while it is written, and how it stood before each change."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0004_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DraftStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("counter", models.PositiveIntegerField()),
                ("working", models.JSONField()),
                ("what", models.CharField(max_length=300)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["counter"],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="policyversion",
            name="counter",
            field=models.PositiveIntegerField(
                default=0, editable=False, help_text="How often the draft was saved."
            ),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="working",
            field=models.JSONField(
                blank=True,
                editable=False,
                help_text="A draft as it was last written, faulty or not; the columns hold what of it could be read last.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="policyevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("loaded", "Loaded from a file"),
                    ("imported", "Imported at the desk"),
                    ("added", "Added at the desk"),
                    ("edited", "Edited at the desk"),
                    ("drafted", "Draft begun"),
                    ("written", "Draft written"),
                    ("published", "Published"),
                    ("read", "Reading appended"),
                    ("cases", "Worked cases appended"),
                    ("deleted", "Deleted at the desk"),
                    ("role", "Role changed"),
                    ("sign_in", "Sign-in helped along"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="policyevent",
            index=models.Index(
                condition=models.Q(("kind", "written"), _negated=True),
                fields=["-id"],
                name="events_seen",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("published_at", None), ("working", None), _connector="OR"),
                name="only_drafts_are_being_written",
                violation_error_message="A published edition is no longer written.",
            ),
        ),
        migrations.AddField(
            model_name="draftstep",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="draftstep",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="steps",
                to="policies.policyversion",
            ),
        ),
        migrations.AddConstraint(
            model_name="draftstep",
            constraint=models.UniqueConstraint(
                fields=("version", "counter"), name="one_step_for_each_save"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="draftstep",
            trigger=pgtrigger.compiler.Trigger(
                name="step_never_changes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="a4ca0a43353de86ebb5da9395c7d04ec956c5a5e",
                    operation="UPDATE",
                    pgid="pgtrigger_step_never_changes_df44c",
                    table="policies_draftstep",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="draftstep",
            trigger=pgtrigger.compiler.Trigger(
                name="no_step_of_what_is_published",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF EXISTS (\n                        SELECT 1 FROM policies_policyversion\n                        WHERE id = NEW.version_id AND published_at IS NOT NULL\n                    ) THEN\n                        RAISE EXCEPTION 'a published version has no steps';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="a9924b164569897e69ef0c1a7eeb1b1efccfa51b",
                    operation="INSERT",
                    pgid="pgtrigger_no_step_of_what_is_published_b82e9",
                    table="policies_draftstep",
                    when="BEFORE",
                ),
            ),
        ),
    ]

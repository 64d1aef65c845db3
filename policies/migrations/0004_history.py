"""Events name what they are about, and no write goes without one."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("policies", "0003_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RoleHeld",
            fields=[],
            options={
                "proxy": True,
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
            bases=("auth.user_groups",),
        ),
        migrations.AddField(
            model_name="policyevent",
            name="about",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=60), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="policyevent",
            name="changes",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="policyevent",
            name="diff",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="policyevent",
            name="digest",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="policyevent",
            name="transaction_id",
            field=models.BigIntegerField(
                db_default=models.Func(function="txid_current"), editable=False
            ),
        ),
        # Readings that are there already keep an empty moment; adding it at once would invent one.
        migrations.AddField(
            model_name="sourcereading",
            name="added_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="sourcereading",
            name="added_at",
            field=models.DateTimeField(
                auto_now_add=True,
                help_text="Empty for one that was there before such moments were kept.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="policyevent",
            name="at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(), editable=False
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
            index=django.contrib.postgres.indexes.GinIndex(fields=["about"], name="events_about"),
        ),
        migrations.AddIndex(
            model_name="policyevent",
            index=models.Index(fields=["transaction_id"], name="events_of_transaction"),
        ),
        migrations.AddIndex(
            model_name="policyevent",
            index=models.Index(fields=["at"], name="events_by_day"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="administration",
            trigger=pgtrigger.compiler.Trigger(
                name="link_leaves_event",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n            IF NOT EXISTS (\n                SELECT 1 FROM policies_policyevent\n                WHERE transaction_id = txid_current() AND at >= transaction_timestamp()\n                AND about @> ARRAY['administration:' || COALESCE(NEW.id, OLD.id)]::varchar(60)[]\n            ) THEN\n                RAISE EXCEPTION\n                    'a write to % leaves an event that names it, by policies.history.record_event',\n                    TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="644180927d2980c700b7a9a66078ecc7ef13d9bf",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_link_leaves_event_6212b",
                    table="policies_administration",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="insurer",
            trigger=pgtrigger.compiler.Trigger(
                name="insurer_leaves_event",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n            IF NOT EXISTS (\n                SELECT 1 FROM policies_policyevent\n                WHERE transaction_id = txid_current() AND at >= transaction_timestamp()\n                AND about @> ARRAY['insurer:' || COALESCE(NEW.id, OLD.id)]::varchar(60)[]\n            ) THEN\n                RAISE EXCEPTION\n                    'a write to % leaves an event that names it, by policies.history.record_event',\n                    TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="8851e4bba4a6f9a091aebea1ac772b1abd126e20",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_insurer_leaves_event_e118d",
                    table="policies_insurer",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policy",
            trigger=pgtrigger.compiler.Trigger(
                name="policy_leaves_event",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n            IF NOT EXISTS (\n                SELECT 1 FROM policies_policyevent\n                WHERE transaction_id = txid_current() AND at >= transaction_timestamp()\n                AND about @> ARRAY['policy:' || COALESCE(NEW.id, OLD.id)]::varchar(60)[]\n            ) THEN\n                RAISE EXCEPTION\n                    'a write to % leaves an event that names it, by policies.history.record_event',\n                    TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="5957ac581653a594b5fd374a512da9b845ecdc28",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_policy_leaves_event_9b096",
                    table="policies_policy",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policyversion",
            trigger=pgtrigger.compiler.Trigger(
                name="version_leaves_event",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n            IF NOT EXISTS (\n                SELECT 1 FROM policies_policyevent\n                WHERE transaction_id = txid_current() AND at >= transaction_timestamp()\n                AND about @> ARRAY['policyversion:' || COALESCE(NEW.id, OLD.id)]::varchar(60)[]\n            ) THEN\n                RAISE EXCEPTION\n                    'a write to % leaves an event that names it, by policies.history.record_event',\n                    TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="592c8dbb39801f24ab5bcfb838c68eec4678d07c",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_version_leaves_event_dad17",
                    table="policies_policyversion",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourcereading",
            trigger=pgtrigger.compiler.Trigger(
                name="reading_leaves_event",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n            IF NOT EXISTS (\n                SELECT 1 FROM policies_policyevent\n                WHERE transaction_id = txid_current() AND at >= transaction_timestamp()\n                AND about @> ARRAY['policyversion:' || COALESCE(NEW.version_id, OLD.version_id)]::varchar(60)[]\n            ) THEN\n                RAISE EXCEPTION\n                    'a write to % leaves an event that names it, by policies.history.record_event',\n                    TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="f379cbbebcc08aab0d22deb276d602b8f0a674ff",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_reading_leaves_event_7af1b",
                    table="policies_sourcereading",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="translation",
            trigger=pgtrigger.compiler.Trigger(
                name="translation_leaves_event",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n            IF NOT EXISTS (\n                SELECT 1 FROM policies_policyevent\n                WHERE transaction_id = txid_current() AND at >= transaction_timestamp()\n                AND about @> ARRAY['policyversion:' || COALESCE(NEW.version_id, OLD.version_id)]::varchar(60)[]\n            ) THEN\n                RAISE EXCEPTION\n                    'a write to % leaves an event that names it, by policies.history.record_event',\n                    TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="0b52eecf24729efb04c8f27f31de573a3f00f649",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_translation_leaves_event_c4d74",
                    table="policies_translation",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workedcase",
            trigger=pgtrigger.compiler.Trigger(
                name="case_leaves_event",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n            IF NOT EXISTS (\n                SELECT 1 FROM policies_policyevent\n                WHERE transaction_id = txid_current() AND at >= transaction_timestamp()\n                AND about @> ARRAY['policyversion:' || COALESCE(NEW.version_id, OLD.version_id)]::varchar(60)[]\n            ) THEN\n                RAISE EXCEPTION\n                    'a write to % leaves an event that names it, by policies.history.record_event',\n                    TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="d448b7eda44ad73d3ae65379b3201f82b4cd4690",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_case_leaves_event_76729",
                    table="policies_workedcase",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="roleheld",
            trigger=pgtrigger.compiler.Trigger(
                name="role_leaves_event",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n            IF NOT EXISTS (\n                SELECT 1 FROM policies_policyevent\n                WHERE transaction_id = txid_current() AND at >= transaction_timestamp()\n                AND about @> ARRAY['user:' || COALESCE(NEW.user_id, OLD.user_id)]::varchar(60)[]\n            ) THEN\n                RAISE EXCEPTION\n                    'a write to % leaves an event that names it, by policies.history.record_event',\n                    TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="aae381533e7043517a7a2f7d1b5e217cad9316e4",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_role_leaves_event_be8cd",
                    table="auth_user_groups",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
    ]

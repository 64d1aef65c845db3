"""Drafts are reviewed; documents are attached; insurers have addresses, of now and of before."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import policies.models.fields


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0005_drafts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AppealAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("prior_authorization", "Prior authorization"),
                            ("appeal", "Appeal"),
                            ("expedited_appeal", "Expedited appeal"),
                            ("peer_to_peer", "Peer-to-peer call"),
                            ("documents", "Request for documents"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "benefit",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("medical", "Medical"),
                            ("pharmacy", "Pharmacy"),
                            ("behavioral", "Behavioral health"),
                        ],
                        help_text="Empty where it is for any.",
                        max_length=20,
                    ),
                ),
                (
                    "lines_of_business",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                (
                                    "commercial",
                                    "A job, a union, the marketplace, or bought directly",
                                ),
                                ("federal_employees", "A federal job (FEHB)"),
                                (
                                    "original_medicare",
                                    "Original Medicare (the red, white and blue card)",
                                ),
                                ("medicare_advantage", "A Medicare Advantage plan (Part C)"),
                                ("medicaid", "Medicaid, directly from the state"),
                                ("medicaid_managed_care", "Medicaid, through a health plan"),
                                ("tricare", "TRICARE"),
                                ("va", "VA health care"),
                                ("workers_compensation", "Workers' compensation"),
                                ("chip", "CHIP (children's health insurance)"),
                            ],
                            max_length=200,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "states",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("postal", models.TextField(blank=True, help_text="As printed, one line each.")),
                ("fax", models.CharField(blank=True, max_length=40)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("web", models.URLField(blank=True, max_length=500, verbose_name="web form")),
                ("note", models.TextField(blank=True)),
                (
                    "source_url",
                    models.URLField(help_text="The page that prints it.", max_length=500),
                ),
                (
                    "source_kind",
                    models.CharField(
                        choices=[
                            ("live_document", "Live document"),
                            ("stored_copy", "Stored copy"),
                            ("second_hand", "Second hand"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "printed",
                    models.CharField(
                        blank=True,
                        max_length=10,
                        validators=[policies.models.fields.validate_printed_date],
                        verbose_name="date printed on it",
                    ),
                ),
                (
                    "read_on",
                    models.CharField(
                        help_text="A date like 2026-11-05 or 2026-11.",
                        max_length=10,
                        validators=[policies.models.fields.validate_printed_date],
                    ),
                ),
                ("read_by", models.CharField(max_length=200)),
                (
                    "ended_on",
                    models.DateField(
                        blank=True, help_text="The day from which it no longer holds.", null=True
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "appeal addresses",
                "ordering": ["insurer__name", "use", "pk"],
            },
        ),
        migrations.CreateModel(
            name="FormerAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("insurer_slug", models.SlugField()),
                ("policy_slug", models.SlugField(blank=True)),
                (
                    "names",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("why", models.CharField(max_length=300)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name_plural": "former addresses",
                "ordering": ["insurer_slug", "policy_slug"],
            },
        ),
        migrations.CreateModel(
            name="ReviewComment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("comment", "Comment"), ("sent_back", "Sent back")],
                        default="comment",
                        max_length=20,
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=20)),
                ("line", models.CharField(blank=True, max_length=300)),
                ("text", models.TextField(max_length=2000)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SourceCopy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(help_text="The file's name as it was sent.", max_length=200),
                ),
                ("content", models.BinaryField()),
                ("size", models.PositiveIntegerField(help_text="Bytes.")),
                ("sha256", models.CharField(max_length=64)),
                (
                    "pages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=500)),
                (
                    "taken_on",
                    models.DateField(help_text="The day it was taken from the insurer's site."),
                ),
                ("added_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name_plural": "source copies",
                "ordering": ["-pk"],
            },
        ),
        migrations.AddField(
            model_name="policyversion",
            name="is_published_alone",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="One person sent it to review and published it, which a setting allowed.",
            ),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="submitted_at",
            field=models.DateTimeField(
                blank=True, editable=False, help_text="Since when it is in review.", null=True
            ),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="submitted_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
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
                    ("submitted", "Sent to review"),
                    ("taken_back", "Taken back from review"),
                    ("sent_back", "Sent back from review"),
                    ("commented", "Comment"),
                    ("published", "Published"),
                    ("read", "Reading appended"),
                    ("cases", "Worked cases appended"),
                    ("translated", "Translation appended"),
                    ("attached", "Copy of the document attached"),
                    ("renamed", "Renamed"),
                    ("merged", "Merged into another"),
                    ("deleted", "Deleted at the desk"),
                    ("role", "Role changed"),
                    ("sign_in", "Sign-in helped along"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="policyversion",
            name="published_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                help_text="Empty for an edition that came with a catalogue file.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="policyversion",
            trigger=pgtrigger.compiler.Trigger(
                name="in_review_nothing_changes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.submitted_at IS NOT NULL AND NEW.submitted_at IS NOT NULL AND (OLD.positions, OLD.notes, OLD.effective, OLD.revision, OLD.status, OLD.is_read_whole, OLD.last_reviewed, OLD.change_note) IS DISTINCT FROM (NEW.positions, NEW.notes, NEW.effective, NEW.revision, NEW.status, NEW.is_read_whole, NEW.last_reviewed, NEW.change_note))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="a5b4a32b65999360063a409f414bc2b1f135e76b",
                    operation="UPDATE",
                    pgid="pgtrigger_in_review_nothing_changes_d2396",
                    table="policies_policyversion",
                    when="BEFORE",
                ),
            ),
        ),
        # What was published at a desk until now was published by one person.
        migrations.RunSQL(
            "ALTER TABLE policies_policyversion DISABLE TRIGGER USER;"
            "UPDATE policies_policyversion SET is_published_alone = true"
            " WHERE published_by_id IS NOT NULL;"
            "ALTER TABLE policies_policyversion ENABLE TRIGGER USER;",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("submitted_at", None), ("submitted_by", None)),
                    models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                    _connector="OR",
                ),
                name="submitted_by_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_by", None),
                    ("is_published_alone", True),
                    models.Q(
                        ("submitted_by__isnull", False),
                        models.Q(("submitted_by", models.F("published_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="published_by_a_second_person",
                violation_error_message="Who sent an edition to review can't publish it too.",
            ),
        ),
        migrations.AddField(
            model_name="appealaddress",
            name="insurer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appeal_addresses",
                to="policies.insurer",
            ),
        ),
        migrations.AddField(
            model_name="formeraddress",
            name="insurer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="former_addresses",
                to="policies.insurer",
            ),
        ),
        migrations.AddField(
            model_name="formeraddress",
            name="policy",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="former_addresses",
                to="policies.policy",
            ),
        ),
        migrations.AddField(
            model_name="reviewcomment",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reviewcomment",
            name="settled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reviewcomment",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="comments",
                to="policies.policyversion",
            ),
        ),
        migrations.AddField(
            model_name="sourcecopy",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sourcecopy",
            name="policy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="copies",
                to="policies.policy",
            ),
        ),
        migrations.AddField(
            model_name="sourcecopy",
            name="version",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="copies",
                to="policies.policyversion",
            ),
        ),
        migrations.AddConstraint(
            model_name="appealaddress",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("fax", ""), ("phone", ""), ("postal", ""), ("web", ""), _negated=True
                ),
                name="an_address_leads_somewhere",
                violation_error_message="Give an address, a fax, a phone number or a web form.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appealaddress",
            trigger=pgtrigger.compiler.Trigger(
                name="appeal_address_leaves_event",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n            IF NOT EXISTS (\n                SELECT 1 FROM policies_policyevent\n                WHERE transaction_id = txid_current() AND at >= transaction_timestamp()\n                AND about @> ARRAY['appealaddress:' || COALESCE(NEW.id, OLD.id)]::varchar(60)[]\n            ) THEN\n                RAISE EXCEPTION\n                    'a write to % leaves an event that names it, by policies.history.record_event',\n                    TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="3ac93a8b18be9e2877793a00e8aeaf02b7c99b62",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_appeal_address_leaves_event_dfa9e",
                    table="policies_appealaddress",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="formeraddress",
            constraint=models.UniqueConstraint(
                fields=("insurer_slug", "policy_slug"),
                name="a_former_address_leads_to_one",
                violation_error_message="This address leads elsewhere already.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formeraddress",
            trigger=pgtrigger.compiler.Trigger(
                name="former_address_leaves_event",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n            IF NOT EXISTS (\n                SELECT 1 FROM policies_policyevent\n                WHERE transaction_id = txid_current() AND at >= transaction_timestamp()\n                AND about @> ARRAY['insurer:' || COALESCE(NEW.insurer_id, OLD.insurer_id)]::varchar(60)[]\n            ) THEN\n                RAISE EXCEPTION\n                    'a write to % leaves an event that names it, by policies.history.record_event',\n                    TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="a672abc5a9c0fef70b92f3c184e231fd053ac290",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_former_address_leaves_event_2419c",
                    table="policies_formeraddress",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewcomment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at", None), ("settled_by", None)),
                    models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                    _connector="OR",
                ),
                name="settled_by_someone",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reviewcomment",
            trigger=pgtrigger.compiler.Trigger(
                name="comment_words_never_change",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."line" IS DISTINCT FROM (NEW."line") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."version_id" IS DISTINCT FROM (NEW."version_id"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="4e3ebdbd3f56aadc6b6d2f458606c50d07b42c16",
                    operation="UPDATE",
                    pgid="pgtrigger_comment_words_never_change_a27c8",
                    table="policies_reviewcomment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reviewcomment",
            trigger=pgtrigger.compiler.Trigger(
                name="comment_leaves_event",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n            IF NOT EXISTS (\n                SELECT 1 FROM policies_policyevent\n                WHERE transaction_id = txid_current() AND at >= transaction_timestamp()\n                AND about @> ARRAY['policyversion:' || COALESCE(NEW.version_id, OLD.version_id)]::varchar(60)[]\n            ) THEN\n                RAISE EXCEPTION\n                    'a write to % leaves an event that names it, by policies.history.record_event',\n                    TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="1616bb3c422f0760d3b0a042219d7348e5b135b4",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_comment_leaves_event_a4b95",
                    table="policies_reviewcomment",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcecopy",
            constraint=models.UniqueConstraint(
                fields=("policy", "sha256"),
                name="one_copy_of_each_file",
                violation_error_message="This very file is attached already.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourcecopy",
            trigger=pgtrigger.compiler.Trigger(
                name="copy_never_changes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."content" IS DISTINCT FROM (NEW."content") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."pages" IS DISTINCT FROM (NEW."pages") OR OLD."policy_id" IS DISTINCT FROM (NEW."policy_id") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."taken_on" IS DISTINCT FROM (NEW."taken_on") OR OLD."url" IS DISTINCT FROM (NEW."url"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="010efc2dfd3a778f2d3a2d8a02a385901316683b",
                    operation="UPDATE",
                    pgid="pgtrigger_copy_never_changes_66594",
                    table="policies_sourcecopy",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sourcecopy",
            trigger=pgtrigger.compiler.Trigger(
                name="copy_leaves_event",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n            IF NOT EXISTS (\n                SELECT 1 FROM policies_policyevent\n                WHERE transaction_id = txid_current() AND at >= transaction_timestamp()\n                AND about @> ARRAY['policy:' || COALESCE(NEW.policy_id, OLD.policy_id)]::varchar(60)[]\n            ) THEN\n                RAISE EXCEPTION\n                    'a write to % leaves an event that names it, by policies.history.record_event',\n                    TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="545cb6752656ecc11b56f232aba0fc545a516261",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_copy_leaves_event_9411f",
                    table="policies_sourcecopy",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
    ]

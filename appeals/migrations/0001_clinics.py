"""The clinic's workspace: clinics, patients, cases, and what belongs to them."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import appeals.models.clinics


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("policies", "0006_review_copies_and_addresses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Clinic",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(help_text="As it stands on letters.", max_length=200)),
                (
                    "address",
                    models.TextField(blank=True, help_text="As on an envelope, one line each."),
                ),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("fax", models.CharField(blank=True, max_length=40)),
                (
                    "npi",
                    models.CharField(
                        blank=True,
                        max_length=10,
                        validators=[appeals.models.clinics.validate_npi],
                        verbose_name="NPI",
                    ),
                ),
                (
                    "tax_id",
                    models.CharField(
                        blank=True, help_text="As 12-3456789.", max_length=10, verbose_name="tax ID"
                    ),
                ),
                (
                    "letterhead",
                    models.TextField(
                        blank=True,
                        help_text="What stands above each letter besides name and address.",
                    ),
                ),
                ("is_sample", models.BooleanField(default=False, editable=False)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["name"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("pdf", "One PDF with separator sheets"),
                            ("zip", "A zip of single files"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Being printed"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("key_name", models.CharField(max_length=20)),
                ("wrapped_key", models.BinaryField()),
                ("sealed_file", models.BinaryField(null=True)),
                ("fault", models.CharField(blank=True, max_length=300)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="batches",
                        to="appeals.clinic",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="Counts the clinic's cases, for people to say."
                    ),
                ),
                (
                    "payer_name",
                    models.CharField(
                        blank=True,
                        help_text="Where the catalogue holds no such insurer.",
                        max_length=200,
                    ),
                ),
                ("issue_state", models.CharField(blank=True, max_length=2)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("preparing", "Being prepared"),
                            ("submitted", "Waiting for the plan"),
                            ("approved", "Approved"),
                            ("partly_approved", "Partly approved"),
                            ("denied", "Denied"),
                            ("appealed", "Appeal with the plan"),
                            ("in_review", "With an outside reviewer"),
                            ("overturned", "Denial overturned"),
                            ("upheld", "Denial upheld"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="preparing",
                        max_length=20,
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True)),
                ("due_step", models.CharField(blank=True, max_length=60)),
                (
                    "missing",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="How many documents are wanted and not there."
                    ),
                ),
                (
                    "is_rule_changed",
                    models.BooleanField(
                        default=False,
                        help_text="The plan's rule changed, and nobody has looked yet.",
                    ),
                ),
                ("sealed", models.BinaryField()),
                ("counter", models.PositiveIntegerField(default=0)),
                ("opened_at", models.DateTimeField(auto_now_add=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "insurer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="policies.insurer",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cases",
                        to="appeals.clinic",
                    ),
                ),
            ],
            options={
                "ordering": ["-opened_at"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CaseDocument",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(help_text="Its place among the enclosures."),
                ),
                ("size", models.PositiveIntegerField(help_text="Bytes.")),
                ("pages", models.PositiveSmallIntegerField()),
                ("sealed", models.BinaryField()),
                ("sealed_file", models.BinaryField()),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="appeals.case",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "added_at"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CaseEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "Opened"),
                            ("edited", "Edited"),
                            ("note", "Note"),
                            ("checked", "Checked against the rule"),
                            ("rule_changed", "The rule changed"),
                            ("document", "Document"),
                            ("letter", "Letter"),
                            ("submitted", "Submitted"),
                            ("approved", "Approved"),
                            ("partly_approved", "Partly approved"),
                            ("denied", "Denied"),
                            ("appealed", "Appealed"),
                            ("sent_to_review", "Sent to an outside reviewer"),
                            ("overturned", "Overturned"),
                            ("upheld", "Upheld"),
                            ("withdrawn", "Withdrawn"),
                            ("reopened", "Opened again"),
                        ],
                        max_length=20,
                    ),
                ),
                ("on", models.DateField(help_text="The day it happened, as told.")),
                (
                    "step",
                    models.CharField(
                        blank=True, help_text="The step of the route it ends.", max_length=60
                    ),
                ),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("sealed", models.BinaryField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="appeals.case",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CaseVerdict",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("on", models.DateField()),
                ("sealed", models.BinaryField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verdicts",
                        to="appeals.case",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="policies.policyversion",
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="appeals.clinic",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Clinician",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(help_text="As it is signed.", max_length=200)),
                (
                    "credentials",
                    models.CharField(
                        blank=True, help_text="For example MD, PMHNP.", max_length=100
                    ),
                ),
                ("specialty", models.CharField(blank=True, max_length=100)),
                (
                    "npi",
                    models.CharField(
                        blank=True,
                        max_length=10,
                        validators=[appeals.models.clinics.validate_npi],
                        verbose_name="NPI",
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clinicians",
                        to="appeals.clinic",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="case",
            name="clinician",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="cases",
                to="appeals.clinician",
            ),
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("front_desk", "Front desk"),
                            ("biller", "Biller"),
                            ("clinician", "Clinician"),
                            ("admin", "Clinic admin"),
                        ],
                        max_length=20,
                    ),
                ),
                ("token_digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="appeals.clinic",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("internal_appeal", "internal_appeal"),
                            ("external_review", "external_review"),
                            ("expedited_certification", "expedited_certification"),
                            ("medical_necessity", "medical_necessity"),
                            ("prior_authorization", "prior_authorization"),
                            ("step_exception", "step_exception"),
                            ("peer_to_peer", "peer_to_peer"),
                            ("documents_request", "documents_request"),
                            ("parity_request", "parity_request"),
                            ("keep_services", "keep_services"),
                            ("good_cause", "good_cause"),
                            ("representative", "representative"),
                            ("complaint", "complaint"),
                            ("employer_exception", "employer_exception"),
                            ("network_gap", "network_gap"),
                            ("retrospective_authorization", "retrospective_authorization"),
                            ("corrected_claim", "corrected_claim"),
                            ("out_of_network_claim", "out_of_network_claim"),
                        ],
                        max_length=40,
                    ),
                ),
                ("sealed", models.BinaryField()),
                ("sealed_pdf", models.BinaryField(null=True)),
                ("counter", models.PositiveIntegerField(default=0)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("signing_key", models.CharField(blank=True, max_length=20)),
                ("signature", models.BinaryField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="appeals.case",
                    ),
                ),
                (
                    "clinician",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="appeals.clinician",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "superseded_by",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="supersedes",
                        to="appeals.letter",
                    ),
                ),
            ],
            options={
                "ordering": ["made_at"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="BatchItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("sealed", models.BinaryField(null=True)),
                ("fault", models.CharField(blank=True, max_length=300)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="appeals.batch",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="appeals.letter",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("front_desk", "Front desk"),
                            ("biller", "Biller"),
                            ("clinician", "Clinician"),
                            ("admin", "Clinic admin"),
                        ],
                        max_length=20,
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="appeals.clinic",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["clinic__name", "user__username"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Patient",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key_name", models.CharField(max_length=20)),
                ("wrapped_key", models.BinaryField()),
                ("sealed", models.BinaryField()),
                (
                    "digests",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), default=list, size=None
                    ),
                ),
                ("counter", models.PositiveIntegerField(default=0)),
                (
                    "held_at",
                    models.DateTimeField(
                        blank=True, help_text="Since when a legal hold stops deletion.", null=True
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="patients",
                        to="appeals.clinic",
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["made_at"],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="case",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="cases",
                to="appeals.patient",
            ),
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("filters", models.JSONField(default=dict)),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="appeals.clinic",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TextBlock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=100)),
                (
                    "text",
                    models.TextField(
                        help_text="Nothing about a patient belongs here.", max_length=4000
                    ),
                ),
                ("review_on", models.DateField()),
                ("edited_at", models.DateTimeField(auto_now=True)),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="blocks",
                        to="appeals.clinic",
                    ),
                ),
                (
                    "edited_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["title"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="AccessEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("clinic_id", models.UUIDField()),
                ("patient_id", models.UUIDField(null=True)),
                ("case_id", models.UUIDField(null=True)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("opened", "Opened"),
                            ("changed", "Changed"),
                            ("searched", "Found by search"),
                            ("listed", "Seen in a list"),
                            ("read_file", "Opened a file"),
                            ("printed", "Printed"),
                            ("exported", "Exported"),
                            ("deleted", "Deleted"),
                            ("held", "Put under legal hold, or released"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "access entries",
                "ordering": ["-pk"],
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["clinic_id", "-id"], name="access_of_clinic"),
                    models.Index(fields=["patient_id", "-id"], name="access_of_patient"),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accessentry",
            trigger=pgtrigger.compiler.Trigger(
                name="access_never_changes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f5889d670ec363af23901f80dc62422c3d52b4f4",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_access_never_changes_1e911",
                    table="appeals_accessentry",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="caseevent",
            index=models.Index(fields=["case", "at"], name="events_of_case"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caseevent",
            trigger=pgtrigger.compiler.Trigger(
                name="case_event_never_changes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."at" IS DISTINCT FROM (NEW."at") OR OLD."by_id" IS DISTINCT FROM (NEW."by_id") OR OLD."case_id" IS DISTINCT FROM (NEW."case_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."on" IS DISTINCT FROM (NEW."on") OR OLD."reasons" IS DISTINCT FROM (NEW."reasons") OR OLD."step" IS DISTINCT FROM (NEW."step"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="8a0dda9d158869a64469b2aa46dde4d2caca4ffd",
                    operation="UPDATE",
                    pgid="pgtrigger_case_event_never_changes_c9f00",
                    table="appeals_caseevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="caseverdict",
            index=models.Index(fields=["case", "at"], name="verdicts_of_case"),
        ),
        migrations.AddConstraint(
            model_name="clinician",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user__isnull", False)),
                fields=("clinic", "user"),
                name="one_clinician_for_each_person",
                violation_error_message="This person is a clinician here already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("signature", None), ("signed_at", None), ("signed_by", None)),
                    models.Q(
                        ("sealed_pdf__isnull", False),
                        ("signature__isnull", False),
                        ("signed_at__isnull", False),
                        ("signed_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_signed_letter_has_all_of_it",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="letter",
            trigger=pgtrigger.compiler.Trigger(
                name="signed_letter_never_changes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.signed_at IS NOT NULL AND (OLD.signed_at, OLD.signed_by_id, OLD.clinician_id, OLD.signing_key, OLD.signature, OLD.kind, OLD.case_id) IS DISTINCT FROM (NEW.signed_at, NEW.signed_by_id, NEW.clinician_id, NEW.signing_key, NEW.signature, NEW.kind, NEW.case_id))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="3e325c38daa99473315bc57a3a7ab6355385012c",
                    operation="UPDATE",
                    pgid="pgtrigger_signed_letter_never_changes_3f54d",
                    table="appeals_letter",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="batchitem",
            constraint=models.UniqueConstraint(
                fields=("batch", "letter"), name="a_letter_once_in_a_batch"
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                fields=("clinic", "user"),
                name="one_membership_for_each_person",
                violation_error_message="This person belongs to the clinic already.",
            ),
        ),
        migrations.AddIndex(
            model_name="patient",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["digests"], name="patients_found"
            ),
        ),
        migrations.AddIndex(
            model_name="patient",
            index=models.Index(fields=["key_name"], name="patients_by_key"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("closed_at", None)),
                fields=["clinic", "due_on", "opened_at"],
                name="cases_by_deadline",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["clinic", "stage"], name="cases_by_stage"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("closed_at", None)), fields=["insurer"], name="cases_by_insurer"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                fields=("clinic", "number"), name="one_case_for_each_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(
                fields=("clinic", "user", "name"),
                name="one_view_for_each_name",
                violation_error_message="You have a view of this name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="textblock",
            constraint=models.UniqueConstraint(
                fields=("clinic", "title"),
                name="one_block_for_each_title",
                violation_error_message="The clinic has a block of this title.",
            ),
        ),
    ]

"""Who did what to the catalogue and to the people of the desk, and what that changed."""

import pgtrigger
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now


def reference(thing: models.Model) -> str:
    """What an event calls a thing; it still names it when the thing is gone."""
    return f"{type(thing).__name__.lower()}:{thing.pk}"


class PolicyEventQuerySet(models.QuerySet["PolicyEvent"]):
    """Reads of events."""

    def about(self, thing: models.Model) -> "PolicyEventQuerySet":
        """The history of one thing, the newest first."""
        return self.filter(about__contains=[reference(thing)]).select_related("by")


class PolicyEvent(models.Model):
    """Who did what to the catalogue, and when; never changed.

    `about` names the thing first and then what it belongs to. `changes` holds each field that
    changed with its value before and after, `diff` the lines of a draft that came and went, and
    `digest` tells an edition of a file from others, so that it arrives no second time.
    """

    class Kind(models.TextChoices):
        LOADED = "loaded", "Loaded from a file"
        IMPORTED = "imported", "Imported at the desk"
        ADDED = "added", "Added at the desk"
        EDITED = "edited", "Edited at the desk"
        DRAFTED = "drafted", "Draft begun"
        WRITTEN = "written", "Draft written"
        SUBMITTED = "submitted", "Sent to review"
        TAKEN_BACK = "taken_back", "Taken back from review"
        SENT_BACK = "sent_back", "Sent back from review"
        COMMENTED = "commented", "Comment"
        PUBLISHED = "published", "Published"
        READ = "read", "Reading appended"
        CASES = "cases", "Worked cases appended"
        TRANSLATED = "translated", "Translation appended"
        ATTACHED = "attached", "Copy of the document attached"
        RENAMED = "renamed", "Renamed"
        MERGED = "merged", "Merged into another"
        DELETED = "deleted", "Deleted at the desk"
        ROLE = "role", "Role changed"
        SIGN_IN = "sign_in", "Sign-in helped along"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    what = models.CharField(max_length=500)
    about = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    changes = models.JSONField(default=dict, blank=True)
    diff = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(db_default=Now(), editable=False)
    # Tells which writes the event stands for: `wants_event` looks for it when they are committed.
    transaction_id = models.BigIntegerField(
        db_default=models.Func(function="txid_current"), editable=False
    )

    objects = PolicyEventQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            GinIndex(fields=["about"], name="events_about"),
            models.Index(fields=["transaction_id"], name="events_of_transaction"),
            models.Index(fields=["at"], name="events_by_day"),
            # What patients see is read anew after each of these.
            models.Index(fields=["-id"], name="events_seen", condition=~models.Q(kind="written")),
        ]
        triggers = [
            pgtrigger.Protect(
                name="event_never_changes", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.what}"


def wants_event(name: str, *, of: str, by: str = "id") -> pgtrigger.Trigger:
    """Refuse a transaction that writes a row and leaves no event about it.

    `of` is the model that the event names, `by` the column that holds its key. The check waits
    for the end of the transaction, so the event may come after the write.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        # A restored database counts its transactions anew, hence the look at the time as well.
        func=f"""
            IF NOT EXISTS (
                SELECT 1 FROM policies_policyevent
                WHERE transaction_id = txid_current() AND at >= transaction_timestamp()
                AND about @> ARRAY['{of}:' || COALESCE(NEW.{by}, OLD.{by})]::varchar(60)[]
            ) THEN
                RAISE EXCEPTION
                    'a write to % leaves an event that names it, by policies.history.record_event',
                    TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NULL;
        """,  # noqa: S608 -- both names are our own
    )


class RoleHeld(User.groups.through):  # type: ignore[name-defined,misc]
    """A person's role as Django stores it; here it learns that it can't change in silence."""

    class Meta:
        proxy = True
        default_permissions = ()
        triggers = [wants_event("role_leaves_event", of="user", by="user_id")]

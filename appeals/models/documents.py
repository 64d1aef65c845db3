"""Documents of a case: sealed files, with what each one proves."""

import uuid

from django.conf import settings
from django.db import models

from appeals.models.cases import Case


class CaseDocument(models.Model):
    """One paper: `sealed` holds its name, date and what it proves, `sealed_file` its bytes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="documents")
    position = models.PositiveSmallIntegerField(help_text="Its place among the enclosures.")
    size = models.PositiveIntegerField(help_text="Bytes.")
    pages = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()
    sealed_file = models.BinaryField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["position", "added_at"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"document {self.pk}"

    @property
    def place(self) -> str:
        """Where its sealed words stand; its bytes stand at `file:` of the same."""
        return f"document:{self.pk}"

"""The versions of collaboration models that courses run under: written once, never changed."""

from django.db import models

from samspil.foundation.kernel.ids import new_id


class ProgrammeVersion(models.Model):
    """One version of one model as it was when it was loaded. A course points to it for as long as it runs."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=60)
    version = models.CharField(max_length=40)
    content_hash = models.CharField(max_length=64)
    definition = models.JSONField()
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="programme_version_once")]

"""The versions of collaboration models that courses run under, who adopted which, and what was published."""

from django.db import models
from django.db.models import Q

from samspil.foundation.kernel.ids import new_id
from samspil.foundation.organisations.models import Authority


class ProgrammeVersion(models.Model):
    """One definition that courses run under, written once and never changed. A course points to it.

    Either a version as its owner wrote it, or (`base` and `authority` named) the same as one authority runs
    it: the effective definition of a local variant.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=60)
    version = models.CharField(max_length=40)
    content_hash = models.CharField(max_length=64)
    definition = models.JSONField()
    loaded_at = models.DateTimeField()
    base = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(
        Authority, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "version"], condition=Q(base=None), name="programme_version_once"
            ),
            models.UniqueConstraint(
                fields=["base", "authority", "content_hash"],
                condition=Q(base__isnull=False),
                name="programme_variant_once",
            ),
            models.CheckConstraint(
                condition=Q(base=None, authority=None) | Q(base__isnull=False, authority__isnull=False),
                name="programme_variant_has_an_authority",
            ),
        ]


class Adoption(models.Model):
    """One version of how an authority runs a model. Rows are added, never changed: the newest holds.

    It holds from `starts` until the next row starts; `is_end` says that the authority stops.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    base = models.ForeignKey(ProgrammeVersion, on_delete=models.PROTECT, related_name="+")
    runs = models.ForeignKey(ProgrammeVersion, on_delete=models.PROTECT, related_name="+")
    """What courses opened from then on run under: the base itself where nothing is changed."""
    variant = models.JSONField()
    content_hash = models.CharField(max_length=64)
    initiative = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True)
    starts = models.DateField()
    is_end = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "key", "number"], name="adoption_number_once"),
        ]


class Publication(models.Model):
    """That the owner of a model has published a version: from then on nobody calls it a draft."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.OneToOneField(ProgrammeVersion, on_delete=models.PROTECT, related_name="publication")
    content_hash = models.CharField(max_length=64)
    supersedes = models.ForeignKey(
        ProgrammeVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    words = models.TextField(blank=True)
    """What the owner says about the decision."""
    published_on = models.DateField()
    made_at = models.DateTimeField()

"""The log's tables as Django sees them: made, written and guarded by SQL, so nothing here is managed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What an event was, in the words a family reads."""

    READ = "read", _("Looked at")
    SEARCH = "search", _("Searched")
    CHANGE = "change", _("Changed")
    EXPORT = "export", _("Took out")
    OTHER = "other", _("Other")


class Outcome(models.TextChoices):
    """How it ended."""

    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")
    ATTEMPTED = "attempted", _("Attempted, not carried out")


class LogEvent(models.Model):
    """One request, job or act: who, acting for whom, did what, why, and how it ended."""

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    position = models.BigIntegerField()
    authority = models.UUIDField()
    unit = models.UUIDField(null=True)
    account = models.UUIDField(null=True)
    membership = models.UUIDField(null=True)
    role = models.TextField()
    route = models.TextField()
    act = models.TextField()
    kind = models.TextField(choices=Kind.choices)
    reason = models.TextField()
    criterion = models.TextField()
    space = models.UUIDField(null=True)
    outcome = models.TextField(choices=Outcome.choices)
    subjects = models.IntegerField()
    about = models.UUIDField(null=True)

    class Meta:
        managed = False
        db_table = "log_event"


class LogSubject(models.Model):
    """One person shown or touched in an event: whose information it was, and of which categories."""

    pk = models.CompositePrimaryKey("event", "subject", "owner", "at")
    event = models.UUIDField()
    at = models.DateTimeField()
    position = models.BigIntegerField()
    subject = models.UUIDField()
    owner = models.UUIDField()
    categories = models.IntegerField()
    space = models.UUIDField(null=True)
    kind = models.TextField(choices=Kind.choices)

    class Meta:
        managed = False
        db_table = "log_subject"


class LogBlock(models.Model):
    """A seal over the rows of one authority between two positions, chained to the seal before."""

    pk = models.CompositePrimaryKey("authority", "number")
    authority = models.UUIDField()
    number = models.BigIntegerField()
    from_position = models.BigIntegerField()
    to_position = models.BigIntegerField()
    count = models.BigIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    rows_hash = models.BinaryField()
    previous = models.BinaryField()
    hash = models.BinaryField()
    sealed_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "log_block"


class LogHorizon(models.Model):
    """How far the log is sealed: one row."""

    single = models.BooleanField(primary_key=True, default=True)
    sealed = models.BigIntegerField()
    position = models.BigIntegerField()
    xid = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "log_horizon"

"""What lies on a desk: forms sent, text not yet sent, files, and mail on its way out."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from samspil.foundation.access.models import ItemBacked
from samspil.foundation.kernel.ids import new_id

MOST_FILE_BYTES = 20 * 1024 * 1024


class Submission(models.Model):
    """A form that was sent: its key and what was in it, so that sending it again does nothing twice."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    """SHA-256 of where it was sent and of every field: says whether a second one is the same."""
    location = models.TextField(blank=True)
    """Where the first one was sent on to."""
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="submission_key_once")]
        indexes = [models.Index(fields=["made_at"], name="submission_by_age")]


class Draft(models.Model):
    """Text that somebody has written in a form and not yet sent. One for each account, form and thing."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=80)
    thing = models.CharField(max_length=80, blank=True)
    """What the form is about: an id, or nothing where the form makes a new thing."""
    sealed = models.BinaryField()
    """The fields, the version they were written on and the page, under the application's key."""
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "form", "thing"], name="draft_once"),
        ]
        indexes = [models.Index(fields=["saved_at"], name="draft_by_age")]


class Held(models.Model):
    """A form that arrived when its session had ended. It waits a day for the same account, and never acts."""

    claim = models.BinaryField(primary_key=True)
    """SHA-256 of the token that the browser keeps meanwhile."""
    session = models.BinaryField(unique=True)
    """SHA-256 of the ended session's token: one held form each."""
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()
    held_at = models.DateTimeField()


class StoredFile(ItemBacked):
    """A file's bytes with their digest. Who may see it stands on its item, like everything else."""

    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    stored_at = models.DateTimeField()

    class Meta:
        db_table = "desk_stored_file"
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gt=0, size__lte=MOST_FILE_BYTES), name="stored_file_size"
            ),
        ]


class News(models.Model):
    """A mail to send: there is something new. It names no person, no course and no kind of thing."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    about = models.UUIDField()
    """The id of what is new; never sent, shown only to whoever may see it."""
    reference = models.CharField(max_length=12, unique=True)
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "news"
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(sent_at=None, given_up_at=None),
                name="news_still_to_send",
            )
        ]

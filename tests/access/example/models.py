"""A note about somebody: its key is the item that says who may see it."""

from django.db import models

from samspil.foundation.access.models import ItemBacked


class Note(ItemBacked):
    """Text about one subject; a changed note is a new one that supersedes it."""

    authority = models.ForeignKey("organisations.Authority", on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey("access.Subject", on_delete=models.PROTECT, related_name="+")
    supersedes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()

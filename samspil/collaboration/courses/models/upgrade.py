"""A running course changes to another version of its model."""

from django.db import models

from samspil.collaboration.courses.models.facts import Fact
from samspil.collaboration.programmes.models import ProgrammeVersion
from samspil.foundation.access.models import ItemBacked, Space


class Upgrade(ItemBacked):
    """One change of version, with the fact that says so. It is undone where that fact is withdrawn."""

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    fact = models.OneToOneField(Fact, on_delete=models.PROTECT, related_name="+")
    before = models.ForeignKey(ProgrammeVersion, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(ProgrammeVersion, on_delete=models.PROTECT, related_name="+")

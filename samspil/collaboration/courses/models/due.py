"""What is due in a course, as the engine has reckoned it."""

from collections.abc import Collection, Iterable
from typing import Any, Self
from uuid import UUID, uuid5

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from samspil.collaboration.courses.models.course import ROLE_LENGTH
from samspil.foundation.access.collector import About, note
from samspil.foundation.access.models import Space, Subject, Walled
from samspil.foundation.kernel.ids import new_id


def note_due_item(key: UUID, subjects: Iterable[UUID], authorities: Iterable[UUID], categories: int) -> None:
    """A due item left the database: it is about these people, and rests on what these authorities have."""
    for number, authority in enumerate(dict.fromkeys(authorities)):
        own = uuid5(key, str(authority)) if number else key
        note(own, About(tuple(subjects), authority, categories))


class DueItem(models.Model):
    """One occurrence of a step, as the engine derived it. A cache, written by the wall's `put_due` alone.

    Whatever depends on the day of reading is left out: the state follows from the dates (`rules.state_on`).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+", db_index=False)
    step = models.CharField(max_length=120)
    n = models.PositiveIntegerField()
    person = models.ForeignKey(
        Subject, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    responsible = models.CharField(max_length=ROLE_LENGTH)
    outcome = models.CharField(max_length=12, blank=True)
    """How it ended: done, done late, excused. Empty while it is not: then the dates say the rest."""
    opens_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    lapses_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    detail = models.JSONField()
    """What the reason says: exact moments, anchor, span, evidence."""
    categories = models.IntegerField()
    subjects = ArrayField(models.UUIDField())
    owner_units = ArrayField(models.UUIDField())
    owner_authorities = ArrayField(models.UUIDField())

    objects = Walled()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["space", "step", "person", "n"], nulls_distinct=False, name="due_item_once"
            ),
            models.CheckConstraint(
                condition=Q(subjects__len__gt=0, owner_units__len__gt=0, categories__gt=0),
                name="due_item_is_about_someone",
            ),
        ]
        indexes = [
            models.Index(
                fields=["space", "responsible", "due_on"], condition=Q(outcome=""), name="due_item_waiting"
            ),
        ]

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **rest: Any
    ) -> Self:
        row = super().from_db(db, field_names, values, **rest)
        if {"subjects", "owner_authorities", "categories"} <= set(row.__dict__):
            note_due_item(row.pk, row.subjects, row.owner_authorities, row.categories)
        else:
            note(row.pk)
        return row


class Projection(models.Model):
    """Up to which day the due items of a space are reckoned. Written by `put_due` alone."""

    space = models.OneToOneField(Space, primary_key=True, on_delete=models.PROTECT, related_name="+")
    through = models.DateField()

    objects = Walled()

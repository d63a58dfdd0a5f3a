"""What the wall knows: ids and relations, without content. The application reads them and writes none."""

from collections.abc import Collection
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from samspil.foundation.access.collector import About, note
from samspil.foundation.access.querysets import WalledQuerySet
from samspil.foundation.kernel.clock import NEVER
from samspil.foundation.kernel.ids import new_id
from samspil.foundation.kernel.sharing import (
    ALL_CATEGORIES,
    BASIS_KINDS,
    Category,
    HolderKind,
    Purpose,
    Relation,
    RelationKind,
)

Walled = models.Manager.from_queryset(WalledQuerySet)


class Subject(models.Model):
    """A person as the wall knows one: an id. Each authority has its own; a referral links two."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    united_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    united_by = models.ForeignKey(
        "organisations.Authority", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )


class Space(models.Model):
    """What a course or a referral is to the wall: a room that a team stands in, led by one unit."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    lead_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")


class Item(models.Model):
    """One piece of information about one or more subjects: who owns it, what it is about, who wrote it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=40)
    owner_authority = models.ForeignKey("organisations.Authority", on_delete=models.PROTECT, related_name="+")
    owner_unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, related_name="+")
    space = models.ForeignKey(Space, null=True, blank=True, on_delete=models.PROTECT, related_name="items")
    category = models.IntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    subjects = ArrayField(models.UUIDField())
    released_at = models.DateTimeField(null=True, blank=True)

    objects = Walled()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(subjects__len__gt=0), name="item_is_about_someone"),
            models.CheckConstraint(
                condition=Q(category__in=[bit.value for bit in Category]), name="item_has_one_category"
            ),
        ]

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **rest: Any
    ) -> Self:
        item = super().from_db(db, field_names, values, **rest)
        known = {"subjects", "owner_authority_id", "category"} <= set(item.__dict__)
        note(item.pk, About(tuple(item.subjects), item.owner_authority_id, item.category) if known else None)
        return item


class ItemSubject(models.Model):
    """The same pairs as `Item.subjects`, for look-up only: "which items are about this person?"."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="pairs")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="pairs", db_index=False)

    class Meta:
        db_table = "access_item_subject"
        constraints = [
            models.UniqueConstraint(fields=["subject", "item"], name="item_names_a_subject_once"),
        ]


class Ledger(models.Model):
    """One relation: who holds what towards whom, how wide, how long, and where it comes from."""

    class Baton(models.TextChoices):
        NONE = ""
        OFFERED = "offered"
        HELD = "held"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20)
    holder_kind = models.CharField(max_length=12)
    holder = models.UUIDField()
    space = models.ForeignKey(Space, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(
        Subject, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    categories = models.IntegerField()
    purpose = models.CharField(max_length=20, blank=True)
    giver = models.ForeignKey(
        "organisations.Unit",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    authority = models.ForeignKey(
        "organisations.Authority", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    starts = models.DateField(default=date(1970, 1, 1))
    ends = models.DateField(default=NEVER)
    until = models.DateTimeField(null=True, blank=True)
    baton = models.CharField(max_length=8, blank=True, choices=Baton.choices, default=Baton.NONE)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    made_at = models.DateTimeField()
    approved_by = models.UUIDField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    source = models.UUIDField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["holder", "space"],
                include=["kind", "categories", "starts", "ends", "until"],
                name="ledger_holder_space",
            ),
            models.Index(
                fields=["holder", "subject"],
                include=["kind", "categories", "starts", "ends", "until", "giver", "purpose"],
                name="ledger_holder_subject",
            ),
            models.Index(
                fields=["holder"], condition=Q(kind__in=["block", "leader"]), name="ledger_blocks_and_leaders"
            ),
            models.Index(fields=["subject"], condition=~Q(subject=None), name="ledger_of_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in RelationKind]), name="ledger_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(holder_kind__in=[kind.value for kind in HolderKind]),
                name="ledger_holder_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(categories__gte=1, categories__lte=int(ALL_CATEGORIES)),
                name="ledger_covers_something",
            ),
            models.CheckConstraint(
                condition=Q(starts__lte=F("ends"), ends__lte=NEVER), name="ledger_dates_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=sorted(kind.value for kind in BASIS_KINDS))
                | Q(
                    subject__isnull=False,
                    purpose__in=[purpose.value for purpose in Purpose],
                    holder_kind__in=[HolderKind.UNIT.value, HolderKind.AUTHORITY.value],
                ),
                name="ledger_basis_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(kind="break-glass") | Q(until__isnull=False), name="ledger_break_glass_is_short"
            ),
        ]

    @property
    def relation(self) -> Relation:
        """This row as the value that rules reckon with."""
        return Relation(
            holder_kind=HolderKind(self.holder_kind),
            holder=self.holder,
            kind=RelationKind(self.kind),
            categories=Category(self.categories),
            subject=self.subject_id,
            space=self.space_id,
            purpose=Purpose(self.purpose) if self.purpose else None,
            giver=self.giver_id,
            authority=self.authority_id,
            starts=self.starts,
            ends=self.ends,
            until=self.until,
        )


class ItemBacked(models.Model):
    """A row of content: its key is the item that says who sees it. `walled_table` makes its table."""

    item = models.OneToOneField(Item, primary_key=True, on_delete=models.PROTECT, related_name="+")

    objects = Walled()

    class Meta:
        abstract = True

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **rest: Any
    ) -> Self:
        row = super().from_db(db, field_names, values, **rest)
        note(row.pk)
        return row

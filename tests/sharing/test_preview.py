"""What the receiver will see, foretold by the twin, is what the wall shows after a real grant."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction

from samspil.collaboration.sharing import queries, rules
from samspil.collaboration.sharing.models import Answer, Way
from samspil.foundation.access import actions as access
from samspil.foundation.access.models import Item
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.roles import ROLES, RoleKey
from samspil.foundation.kernel.sharing import Category, HolderKind, Purpose, RelationKind
from samspil.foundation.organisations.models import Unit
from tests.factories.access import a_relation, acting, an_actor
from tests.factories.organisations import a_unit
from tests.factories.owner import as_owner
from tests.factories.sharing import a_family, seen_by

pytestmark = pytest.mark.django_db
TODAY = clock.today()
WORLDS = 12
RECEIVING = [RoleKey.CASEWORKER, RoleKey.CLINICIAN, RoleKey.SCHOOL_CONTACT, RoleKey.JOBCENTRE_WORKER]
MASKS = [Category(511), Category(5), Category(37), Category(16), Category(32 | 64), Category(255)]


class World:
    """A family with items of every kind, a receiver, and drafted relations; the same for the same number."""

    def __init__(self, number):
        self.dice = dice = random.Random(number)
        self.family = a_family()
        with as_owner():
            own = Unit.objects.select_related("authority").get(pk=self.family.coordinator.unit_id)
            unit = a_unit(own.authority if dice.random() < 0.4 else None)
        role = dice.choice(RECEIVING)
        self.receiver = an_actor(role, unit=unit)
        self.people = [self.family.mette, self.family.jens, self.family.alma]
        for _ in range(14):
            self._item()
        self.reader = queries.Reader(
            unit.pk,
            unit.authority_id,
            self.receiver.membership_id,
            ROLES[role].categories,
            receives=self.receiver.holds("referral.receive"),
        )
        if dice.random() < 0.4:
            self._standing_before()
        self.joins = dice.random() < 0.5
        self.way_in = self._way_in()
        self.drafted = [r for _ in range(dice.choice([0, 1, 2, 4])) for r in self._basis()]

    def _item(self):
        dice = self.dice
        about = dice.sample(self.people, dice.choice([1, 1, 2, 3]))
        category = dice.choice(
            [Category.EVERYDAY, Category.SOCIAL, Category.HEALTH, Category.SUBSTANCE, Category.SCHOOL]
        )
        self.family.item(*about, category=category, released=dice.random() < 0.85)

    def _standing_before(self):
        """A consent that stood before the draft."""
        a_relation(
            self.reader.unit,
            RelationKind.CONSENT,
            holder_kind=HolderKind.UNIT,
            space=self.family.space,
            subject=self.dice.choice(self.people).subject_id,
            categories=self.dice.choice(MASKS[1:]),
            giver=self.family.coordinator.unit_id,
        )

    def _way_in(self):
        mask = self.dice.choice(MASKS) & self.reader.mask or Category.EVERYDAY
        if self.joins:
            return queries.joining(
                queries.Reader(self.reader.unit, self.reader.authority, self.reader.membership, mask),
                self.family.space,
            )
        subject = self.dice.choice([None, self.dice.choice(self.people).subject_id])
        return queries.sent_to(self.reader, self.family.space, mask, subject)

    def _basis(self):
        dice = self.dice
        kind = dice.choice([HolderKind.UNIT, HolderKind.UNIT, HolderKind.AUTHORITY])
        holder = self.reader.unit if kind == HolderKind.UNIT else self.reader.authority
        mask = dice.choice(MASKS) & ROLES[RoleKey.CASEWORKER].categories
        purpose = dice.choice(
            [Purpose.COORDINATION, Purpose.COORDINATION, Purpose.REFERRAL, Purpose.RESEARCH]
        )
        starts = TODAY if dice.random() < 0.8 else TODAY + timedelta(days=1)
        scope = rules.Scope(
            dice.choice(self.people).subject_id,
            rules.Receiver(kind, holder, self.reader.authority),
            mask,
            purpose,
        )
        period = rules.Period(starts, starts.replace(year=starts.year + 1))
        grounds = rules.Grounds(
            scope,
            dice.choice([Way.PAPER, Way.STATUTE]),
            Answer.YES,
            period,
            self.family.space,
            self.family.coordinator.unit_id,
        )
        return rules.relations_of(grounds)

    def foreseen(self):
        actor = self.family.coordinator
        with acting(actor):
            return queries.what_receiver_sees(
                actor, self.family.space, self.reader, [self.way_in, *self.drafted], today=TODAY
            )

    def after_a_real_grant(self, items):
        """What the wall shows the receiver, and nothing of it stays."""
        actor = self.family.coordinator
        with transaction.atomic():
            with acting(actor):
                for relation in [self.way_in, *self.drafted]:
                    access.grant(actor=actor, relation=relation)
            shown = seen_by(self.receiver, *items)
            transaction.set_rollback(True)
        return shown


@pytest.mark.parametrize("number", range(WORLDS))
def test_the_preview_says_what_the_wall_will_show(number):
    world = World(number)
    foreseen = world.foreseen()
    items = [row.item for row in foreseen]
    assert len(items) >= 15
    assert {row.item for row in foreseen if row.answer} == world.after_a_real_grant(items)
    assert all(row.answer.reason for row in foreseen)


def differences(numbers):
    tally = Counter()
    for number in numbers:
        world = World(number)
        foreseen = world.foreseen()
        said = {row.item for row in foreseen if row.answer}
        shown = world.after_a_real_grant([row.item for row in foreseen])
        tally["differ"] += len(said ^ shown)
        tally["seen"] += len(shown)
    return tally


def test_the_worlds_show_something():
    assert differences(range(6))["seen"] > 10


BROKEN = {
    "without the person": lambda r, thing, subject, held, purposes: any(
        x.kind in r.BASIS_KINDS and x.categories & thing.category and x.purpose in purposes for x in held
    ),
    "without the topic": lambda r, thing, subject, held, purposes: any(
        x.kind in r.BASIS_KINDS and x.subject == subject and x.purpose in purposes for x in held
    ),
    "for any purpose": lambda r, thing, subject, held, purposes: any(
        x.kind in r.BASIS_KINDS and x.subject == subject and x.categories & thing.category for x in held
    ),
    "nobody": lambda r, thing, subject, held, purposes: False,
}


@pytest.mark.parametrize("flaw", BROKEN)
def test_a_broken_twin_is_found(flaw, monkeypatch):
    from samspil.foundation.access import rules as wall

    broken = BROKEN[flaw]
    monkeypatch.setattr(wall, "_covered", lambda *arguments: broken(wall, *arguments))
    assert differences(range(WORLDS))["differ"]


def test_only_what_the_sender_sees_is_foretold():
    family = a_family()
    region = family.receiver()
    with as_owner():
        theirs = Item.objects.create(
            kind="note",
            owner_unit_id=region.unit_id,
            owner_authority_id=region.authority_id,
            space_id=family.space,
            category=int(Category.EVERYDAY),
            author_id=region.account_id,
            subjects=[family.mette.subject_id],
            released_at=clock.now(),
        ).pk
    reader = queries.Reader(region.unit_id, region.authority_id)
    with acting(family.coordinator):
        rows = queries.what_receiver_sees(family.coordinator, family.space, reader, [], today=TODAY)
    assert theirs not in {row.item for row in rows}
    assert len(rows) == 3


def test_one_person_at_a_time():
    family = a_family()
    reader = queries.Reader(family.receiver().unit_id, family.receiver().authority_id)
    with acting(family.coordinator):
        rows = queries.what_receiver_sees(
            family.coordinator, family.space, reader, [], today=TODAY, subjects=[family.mette.subject_id]
        )
    assert {row.subjects for row in rows} == {(family.mette.subject_id,)}

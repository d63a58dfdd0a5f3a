"""Who received a referral joins the team and shares back: no wider, no longer, about nobody else.

Each refusal is shown to be the wall's: the same attack works on a twin of the function without that line.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from samspil.foundation.access import actions
from samspil.foundation.access.migrations._sql import functions
from samspil.foundation.access.models import Ledger
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.gate import NotAllowed
from samspil.foundation.kernel.roles import ROLES, RoleKey
from samspil.foundation.kernel.sharing import Category, HolderKind, Purpose, Relation, RelationKind
from samspil.foundation.organisations.models import Membership, Unit
from tests.factories.access import a_relation, a_space, a_subject, acting, an_actor, an_item
from tests.factories.organisations import a_unit
from tests.factories.owner import as_owner

pytestmark = pytest.mark.django_db

K, H = RelationKind, HolderKind
TODAY = clock.today()
DAY = timedelta(days=1)
IDENTITY, EVERYDAY, HEALTH = Category.IDENTITY, Category.EVERYDAY, Category.HEALTH
SENT = IDENTITY | EVERYDAY


class Sent:
    """Karim has referred a child to Bo's unit, with a consent for name and everyday life."""

    def __init__(self) -> None:
        self.karim = an_actor(RoleKey.CLINICIAN)
        self.bo = an_actor()
        self.child, self.mother = a_subject(self.karim), a_subject(self.karim)
        self.space = a_space(self.karim)
        for person in (self.child, self.mother):
            an_item(self.karim, person, space=self.space, category=IDENTITY)
        self.consent = self.basis(self.karim, self.bo)
        self.inbox = self.granted(
            self.karim, Relation(H.UNIT, self.unit(self.bo), K.INBOX, SENT, space=self.space)
        )

    def unit(self, who: Actor) -> UUID:
        assert who.unit_id
        return who.unit_id

    def granted(self, by: Actor, relation: Relation, **more: Any) -> UUID:
        with acting(by):
            return actions.grant(actor=by, relation=relation, **more)

    def basis(self, by: Actor, to: Actor, **changes: Any) -> UUID:
        source = changes.pop("source", None)
        given: dict[str, Any] = {
            "categories": SENT,
            "subject": self.child,
            "space": self.space,
            "purpose": Purpose.COORDINATION,
            "ends": TODAY + 100 * DAY,
            **changes,
        }
        return self.granted(
            by, Relation(H.UNIT, self.unit(to), given.pop("kind", K.CONSENT), **given), source=source
        )

    def colleague(self, role: RoleKey = RoleKey.CASEWORKER) -> Actor:
        with as_owner():
            unit = Unit.objects.select_related("authority").get(pk=self.bo.unit_id)
        return an_actor(role, unit=unit)

    def joins(self, by: Actor, who: Actor | None = None, categories: Category = SENT, **more: Any) -> UUID:
        member = (who or by).membership_id
        assert member
        with acting(by):
            return actions.join_team(
                actor=by, space=self.space, membership=member, categories=categories, **more
            )

    def offers(self) -> None:
        with acting(self.karim):
            actions.offer_baton(actor=self.karim, space=self.space, to=self.unit(self.bo))


@pytest.fixture
def sent(db: None) -> Sent:
    return Sent()


def row(pk: UUID) -> Ledger:
    with as_owner():
        return Ledger.objects.get(pk=pk)


def twin(name: str, *broken: tuple[str, str]) -> None:
    """The function without one of its lines, until the end of the test."""
    text = functions(name)
    for line, instead in broken:
        assert line in text, f"{name} has no such line"
        text = text.replace(line, instead)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(re.sub("%", "%%", text))


def refused_here_alone(attack: Callable[[], object], name: str, *broken: tuple[str, str]) -> None:
    """Refused by the function; on its broken twin the attack works: so it is this line that holds."""
    with pytest.raises(NotAllowed):
        attack()
    twin(name, *broken)
    attack()


class TestJoiningTheTeam:
    def test_who_received_joins_and_sees_what_the_consent_covers(self, sent: Sent) -> None:
        made = row(sent.joins(sent.bo))
        assert (made.kind, made.holder, made.categories, made.baton) == (
            "team",
            sent.bo.membership_id,
            SENT,
            "",
        )
        assert made.source == sent.inbox

    def test_lets_a_colleague_of_the_unit_in(self, sent: Sent) -> None:
        colleague = sent.colleague()
        assert row(sent.joins(sent.bo, colleague)).holder == colleague.membership_id

    def test_the_coordination_goes_to_the_one_who_is_named_and_is_taken(self, sent: Sent) -> None:
        sent.offers()
        assert row(sent.inbox).baton == "offered"
        assert row(sent.joins(sent.bo, coordinates=True)).baton == "offered"
        assert row(sent.inbox).baton == ""
        with acting(sent.bo):
            actions.take_baton(actor=sent.bo, space=sent.space)
        with as_owner():
            [held] = Ledger.objects.filter(space_id=sent.space, baton="held")
        assert held.holder == sent.bo.membership_id

    def test_only_who_has_the_coordination_offers_it_to_the_inbox(self, sent: Sent) -> None:
        member = an_actor()
        a_relation(member, K.TEAM, space=sent.space)
        with pytest.raises(NotAllowed), acting(member):
            actions.offer_baton(actor=member, space=sent.space, to=sent.unit(sent.bo))

    def test_nobody_takes_from_the_inbox_what_was_offered_to_the_unit(self, sent: Sent) -> None:
        sent.offers()
        with pytest.raises(NotAllowed), acting(sent.bo):
            actions.take_baton(actor=sent.bo, space=sent.space)

    def test_what_was_not_offered_is_not_taken(self, sent: Sent) -> None:
        refused_here_alone(
            lambda: sent.joins(sent.bo, coordinates=True),
            "join_team",
            ("coordinates AND inbox.baton <> 'offered'", "false"),
        )

    def test_another_space_is_closed(self, sent: Sent) -> None:
        mallory = an_actor()
        refused_here_alone(lambda: sent.joins(mallory), "join_team", ("l.holder = c.unit AND", ""))

    def test_an_answered_inbox_is_closed(self, sent: Sent) -> None:
        with acting(sent.bo):
            actions.end(actor=sent.bo, relation=sent.inbox, on=TODAY)
        refused_here_alone(
            lambda: sent.joins(sent.bo),
            "join_team",
            ("l.starts <= c.day AND l.ends > c.day\n    ORDER", "true ORDER"),
        )

    def test_who_answers_no_referrals_does_not(self, sent: Sent) -> None:
        teacher = sent.colleague(RoleKey.SCHOOL_CONTACT)
        refused_here_alone(lambda: sent.joins(teacher), "join_team", ("NOT c.receives", "false"))

    def test_no_wider_than_what_was_sent(self, sent: Sent) -> None:
        refused_here_alone(
            lambda: sent.joins(sent.bo, categories=SENT | HEALTH),
            "join_team",
            ("widest & inbox.categories", "widest"),
        )

    def test_no_wider_than_the_role(self, sent: Sent) -> None:
        wide = sent.granted(
            sent.karim, Relation(H.UNIT, sent.unit(sent.bo), K.INBOX, SENT | HEALTH, space=sent.space)
        )
        assert wide
        teacher = sent.colleague(RoleKey.SCHOOL_CONTACT)
        refused_here_alone(
            lambda: sent.joins(sent.bo, teacher, SENT | HEALTH),
            "join_team",
            ("widest & inbox.categories", "inbox.categories"),
        )

    def test_nobody_of_another_unit(self, sent: Sent) -> None:
        with as_owner():
            beside = a_unit(Unit.objects.select_related("authority").get(pk=sent.bo.unit_id).authority)
        outsider = an_actor(unit=beside)
        refused_here_alone(
            lambda: sent.joins(sent.bo, outsider),
            "join_team",
            ("AND wall.sharing_unit(m.unit_id) = c.unit", ""),
        )

    def test_nobody_whose_post_has_ended(self, sent: Sent) -> None:
        former = sent.colleague()
        with as_owner():
            Membership.objects.filter(pk=former.membership_id).update(ends=TODAY)
        refused_here_alone(
            lambda: sent.joins(sent.bo, former), "join_team", ("AND m.starts <= c.day AND m.ends > c.day", "")
        )

    def test_a_block_stands(self, sent: Sent) -> None:
        a_relation(sent.bo, K.BLOCK, space=sent.space)
        refused_here_alone(lambda: sent.joins(sent.bo), "join_team", ("OR of_space = ANY(c.blocked)", ""))

    def test_nobody_twice_and_nothing_for_no_topic(self, sent: Sent) -> None:
        with pytest.raises(NotAllowed):
            sent.joins(sent.bo, categories=Category(0))
        sent.joins(sent.bo)
        with pytest.raises(NotAllowed):
            sent.joins(sent.bo)


class TestSharingBack:
    def back(self, sent: Sent, by: Actor | None = None, to: Actor | None = None, **changes: Any) -> UUID:
        return sent.basis(by or sent.bo, to or sent.karim, **{"source": sent.consent, **changes})

    def test_from_the_inbox_and_from_the_team(self, sent: Sent) -> None:
        first = row(self.back(sent, categories=IDENTITY))
        assert (first.giver_id, first.holder, first.source) == (
            sent.bo.unit_id,
            sent.karim.unit_id,
            sent.consent,
        )
        sent.joins(sent.bo)
        assert self.back(sent, categories=EVERYDAY)

    def test_what_was_shared_back_is_ended_from_the_inbox_too(self, sent: Sent) -> None:
        made = self.back(sent)
        with acting(sent.bo):
            actions.end(actor=sent.bo, relation=made, on=TODAY)
        assert row(made).ends == TODAY

    @pytest.mark.parametrize(
        ("changes", "broken"),
        [
            ({"source": None}, ("s.id = r.source AND ", "")),
            ({"categories": SENT | HEALTH}, ("AND r.categories & ~s.categories = 0", "")),
            ({"ends": TODAY + 101 * DAY}, ("AND r.ends <= s.ends", "")),
            ({"purpose": Purpose.RESEARCH}, ("AND s.purpose = r.purpose", "")),
            ({"kind": K.STATUTE}, ("s.kind = r.kind AND ", "")),
        ],
        ids=["without a source", "wider", "longer", "another purpose", "another kind"],
    )
    def test_nothing_beyond_what_was_shared(
        self, sent: Sent, changes: dict[str, Any], broken: tuple[str, str]
    ) -> None:
        if changes.get("categories"):  # the inbox itself is wide: it is the consent that is narrow
            sent.granted(
                sent.karim, Relation(H.UNIT, sent.unit(sent.bo), K.INBOX, SENT | HEALTH, space=sent.space)
            )
        refused_here_alone(lambda: self.back(sent, **changes), "confirms", broken)

    def test_nobody_else_of_the_family(self, sent: Sent) -> None:
        refused_here_alone(
            lambda: self.back(sent, subject=sent.mother), "confirms", ("AND s.subject_id = r.subject_id", "")
        )

    def test_nobody_but_the_unit_that_shared(self, sent: Sent) -> None:
        refused_here_alone(
            lambda: self.back(sent, to=an_actor()), "confirms", ("AND s.giver_id = r.holder", "")
        )

    def test_not_by_a_third_unit_in_the_team(self, sent: Sent) -> None:
        third = an_actor()
        with as_owner():
            Ledger.objects.filter(pk=sent.inbox).update(holder=third.unit_id)
        refused_here_alone(
            lambda: self.back(sent, by=third),
            "confirms",
            ("(s.holder_kind = 'unit' AND s.holder = c.unit", "(s.holder_kind = 'unit'"),
        )

    def test_not_without_standing(self, sent: Sent) -> None:
        with acting(sent.bo):
            actions.end(actor=sent.bo, relation=sent.inbox, on=TODAY)
        refused_here_alone(
            lambda: self.back(sent),
            "confirms",
            ("AND r.categories & ~wall.held_in(c, r.space_id, ARRAY['team', 'inbox']) = 0", ""),
        )

    def test_not_after_the_yes_was_taken_back(self, sent: Sent) -> None:
        with acting(sent.karim):
            actions.end(actor=sent.karim, relation=sent.consent, on=TODAY)
        refused_here_alone(
            lambda: self.back(sent, ends=TODAY), "confirms", ("AND s.starts <= c.day AND s.ends > c.day", "")
        )

    def test_not_by_who_registers_no_bases(self, sent: Sent) -> None:
        provider = sent.colleague(RoleKey.PROVIDER_WORKER)
        a_relation(provider, K.TEAM, space=sent.space, categories=ROLES[RoleKey.PROVIDER_WORKER].categories)
        refused_here_alone(
            lambda: self.back(sent, by=provider),
            "judge_basis",
            ("NOT 'basis.register' = ANY(c.permissions) OR", ""),
        )

    def test_about_nobody_outside_the_space(self, sent: Sent) -> None:
        with pytest.raises(NotAllowed):
            self.back(sent, subject=uuid4())

"""What a consent and a decision open, and close, as the wall shows it on the next request."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from samspil.collaboration.sharing import actions, law, queries, rules
from samspil.collaboration.sharing.models import Answer, Basis, Ending, Told, Way
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import NotAllowed
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.kernel.sharing import Category, HolderKind, Purpose
from samspil.foundation.organisations.models import Unit
from tests.factories.access import a_stranger, a_team_member, acting, an_actor, an_item
from tests.factories.owner import as_owner
from tests.factories.sharing import a_consent, a_family, consented, seen_by, to_unit

pytestmark = pytest.mark.django_db
TODAY = clock.today()
DAY = timedelta(days=1)
EVERYDAY_AND_HEALTH = Category.EVERYDAY | Category.HEALTH


@pytest.fixture
def family():
    return a_family()


@pytest.fixture
def region(family):
    """A clinician of the region in the space's team."""
    return family.receiver()


def end(family, basis, *, by=None, ending=Ending.WITHDRAWN, on=TODAY, reason="Mette siger nej nu."):
    actor = by or family.coordinator
    with acting(actor):
        return actions.end_basis(actor=actor, basis=basis, ending=ending, reason=reason, on=on, today=TODAY)


class TestAConsent:
    def test_opens_at_once_and_closes_at_once(self, family, region):
        note = family.item(family.mette)
        assert not seen_by(region, note)
        [basis] = consented(family, a_consent(family.mette, to_unit(region)))
        assert seen_by(region, note) == {note}

        ended = end(family, basis)
        assert not seen_by(region, note)
        assert (ended.supersedes_id, ended.ending, ended.ended_on) == (basis.pk, "withdrawn", TODAY)

    def test_opens_only_the_topics_that_were_named(self, family, region):
        everyday, health = family.item(family.mette), family.item(family.mette, category=Category.HEALTH)
        consented(family, a_consent(family.mette, to_unit(region)))
        assert seen_by(region, everyday, health) == {everyday}

    def test_does_not_open_the_other_parent(self, family, region):
        of_mette, of_jens = family.item(family.mette), family.item(family.jens)
        of_both = family.item(family.mette, family.jens)
        consented(family, a_consent(family.mette, to_unit(region)))
        assert seen_by(region, of_mette, of_jens, of_both) == {of_mette}

    def test_to_one_unit_leaves_the_jobcentre_of_the_same_municipality_outside(self, family, region):
        jobcentre = family.colleague(RoleKey.JOBCENTRE_WORKER, "jobcentre")
        work = family.item(family.mette, category=Category.EMPLOYMENT)
        health = family.item(family.mette, category=Category.HEALTH)
        categories = EVERYDAY_AND_HEALTH | Category.EMPLOYMENT
        consented(family, a_consent(family.mette, to_unit(region), categories=categories))
        assert not seen_by(jobcentre, work, health)
        consented(family, a_consent(family.mette, to_unit(jobcentre), categories=Category.EMPLOYMENT))
        assert seen_by(jobcentre, work, health) == {work}

    def test_does_not_open_what_another_unit_owns(self, family, region):
        """The registering unit is the giver: its consent opens nothing of the region's."""
        from tests.factories.access import an_item

        theirs = an_item(region, family.mette.subject_id, space=family.space, category=Category.HEALTH)
        third = family.receiver()
        consented(family, a_consent(family.mette, to_unit(third), categories=Category.HEALTH))
        assert not seen_by(third, theirs)

    def test_is_one_row_a_topic_with_the_text_that_was_agreed_to(self, family, region):
        rows = consented(family, a_consent(family.mette, to_unit(region), categories=EVERYDAY_AND_HEALTH))
        assert [row.category for row in rows] == [Category.EVERYDAY, Category.HEALTH]
        assert len({row.agreement for row in rows}) == 1
        assert len({row.relation for row in rows}) == 2
        assert all(row.wording_hash == rules.hash_of(row.wording) for row in rows)
        everyday, health = rows
        assert "Hverdag" in everyday.wording
        assert "Helbred" not in everyday.wording, "the text about everyday life tells that health was asked"
        assert "Helbred" in health.wording

    def test_lasts_twelve_months_by_itself(self, family, region):
        [basis] = consented(family, a_consent(family.mette, to_unit(region)))
        assert basis.ends == rules.months_after(TODAY, 12)

    def test_typed_in_a_week_late_opens_from_today_and_is_counted_from_then(self, family, region):
        late = TODAY - 7 * DAY
        [basis] = consented(family, a_consent(family.mette, to_unit(region), said_on=late))
        assert (basis.said_on, basis.starts, basis.ends) == (late, TODAY, rules.months_after(late, 12))

    def test_that_begins_tomorrow_opens_nothing_today(self, family, region):
        note = family.item(family.mette)
        consented(family, a_consent(family.mette, to_unit(region), starts=TODAY + DAY))
        assert not seen_by(region, note)

    def test_of_one_parent_for_the_child_is_not_enough(self, family, region):
        note = family.item(family.alma)
        with pytest.raises(Refused):
            consented(family, a_consent(family.alma, to_unit(region), family.mette))
        consented(family, a_consent(family.alma, to_unit(region), family.mette, family.jens))
        assert seen_by(region, note) == {note}

    def test_of_a_parent_never_holds_for_the_other_parent(self, family, region):
        with pytest.raises(Refused):
            consented(family, a_consent(family.jens, to_unit(region), family.mette))

    def test_renewed_takes_the_place_of_the_former_one(self, family, region):
        note = family.item(family.mette)
        [first] = consented(family, a_consent(family.mette, to_unit(region), ends=TODAY + 2 * DAY))
        [second] = consented(family, a_consent(family.mette, to_unit(region)))
        assert second.supersedes_id == first.pk
        assert seen_by(region, note)
        end(family, second)
        assert not seen_by(region, note), "the former yes still opens"

    @pytest.mark.parametrize("answer", [Answer.NO, Answer.LIMITED])
    def test_a_no_or_a_limited_yes_closes_what_stood(self, family, region, answer):
        note = family.item(family.mette)
        consented(family, a_consent(family.mette, to_unit(region)))
        limit = "Kun at jeg går i behandling." if answer == Answer.LIMITED else ""
        [basis] = consented(family, a_consent(family.mette, to_unit(region), answer=answer, limit=limit))
        assert basis.relation is None
        assert limit in basis.wording
        assert not seen_by(region, note)

    def test_is_written_in_the_log(self, family, region):
        consented(family, a_consent(family.mette, to_unit(region)))
        assert logged("basis.answered") == [(family.space, family.mette.subject_id, int(Category.EVERYDAY))]


class TestWhoMay:
    def test_a_stranger_may_not(self, family, region):
        stranger = a_stranger()
        consent = a_consent(family.mette, to_unit(region))
        with acting(stranger), pytest.raises(NotAllowed):
            actions.register_consent(actor=stranger, space=family.space, consent=consent, today=TODAY)
        assert not rows_in(family.space)

    def test_who_has_not_the_permission_may_not(self, family, region):
        provider = a_team_member(family.space, RoleKey.PROVIDER_WORKER)
        consent = a_consent(family.mette, to_unit(region))
        with acting(provider), pytest.raises(NotAllowed):
            actions.register_consent(actor=provider, space=family.space, consent=consent, today=TODAY)

    def test_nobody_opens_what_they_do_not_work_with(self, family, region):
        narrow = a_team_member(family.space, categories=Category.IDENTITY | Category.EVERYDAY)
        consent = a_consent(family.mette, to_unit(region), categories=EVERYDAY_AND_HEALTH)
        with acting(narrow), pytest.raises(Refused, match="Helbred"):
            actions.register_consent(actor=narrow, space=family.space, consent=consent, today=TODAY)
        assert not rows_in(family.space)

    def test_not_for_the_own_unit_nor_the_whole_own_authority(self, family):
        own = to_unit(family.coordinator)
        whole = rules.Receiver(HolderKind.AUTHORITY, own.authority, own.authority)
        for receiver in (own, whole):
            with pytest.raises(Refused):
                consented(family, a_consent(family.mette, receiver))

    def test_another_unit_does_not_end_it(self, family, region):
        note = family.item(family.mette)
        [basis] = consented(family, a_consent(family.mette, to_unit(region)))
        with pytest.raises(NotAllowed):
            end(family, basis, by=region)
        assert seen_by(region, note)

    def test_nor_an_answer_that_opened_nothing(self, family, region):
        other = family.receiver(RoleKey.CASEWORKER)
        consented(family, a_consent(family.mette, to_unit(other)))
        [refused] = consented(family, a_consent(family.mette, to_unit(region), answer=Answer.NO))
        with pytest.raises(NotAllowed):
            end(family, refused, by=other)

    def test_a_person_who_is_not_part_of_the_space_is_refused(self, family, region):
        from tests.factories.families import a_person

        other = a_person(an_actor(), born=family.mette.born)
        with pytest.raises(Refused):
            consented(family, a_consent(other, to_unit(region)))
        statute = TestADecisionWithoutAYes().statute(family, to_unit(region), subject=other)
        with acting(family.coordinator), pytest.raises(NotAllowed):
            actions.register_statute(
                actor=family.coordinator, space=family.space, statute=statute, today=TODAY
            )

    def test_rows_are_never_changed(self, family, region):
        [basis] = consented(family, a_consent(family.mette, to_unit(region)))
        with acting(family.coordinator), pytest.raises(ProgrammingError), transaction.atomic():
            Basis.objects.filter(pk=basis.pk).update(wording="andet")


class TestSharingBack:
    """The unit that received answers with the same: the other way round, and no more."""

    @pytest.fixture
    def given(self, family, region):
        return consented(family, a_consent(family.mette, to_unit(region), categories=EVERYDAY_AND_HEALTH))

    def confirm(self, actor, basis):
        with acting(actor):
            return actions.confirm_basis(actor=actor, basis=basis, today=TODAY)

    def waiting(self, actor, family):
        with acting(actor):
            return [row.pk for row in queries.confirmable(actor, family.space, TODAY)]

    def test_opens_what_the_receiver_wrote(self, family, region, given):
        theirs = an_item(region, family.mette.subject_id, space=family.space)
        of_health = an_item(region, family.mette.subject_id, space=family.space, category=Category.HEALTH)
        assert not seen_by(family.coordinator, theirs, of_health)
        everyday = given[0]
        back = self.confirm(region, everyday)
        assert seen_by(family.coordinator, theirs, of_health) == {theirs}
        assert (back.unit_id, back.receiver_unit_id) == (region.unit_id, family.coordinator.unit_id)
        assert (back.confirms, back.agreement) == (everyday.pk, everyday.agreement)
        same = ("way", "purpose", "category", "said_by", "said_on", "wording", "wording_hash", "ends")
        assert [getattr(back, name) for name in same] == [getattr(everyday, name) for name in same]

    def test_is_offered_once_and_again_when_it_is_renewed(self, family, region, given):
        assert self.waiting(region, family) == [row.pk for row in given]
        assert not self.waiting(family.coordinator, family)
        self.confirm(region, given[0])
        assert self.waiting(region, family) == [given[1].pk]
        with pytest.raises(Refused):
            self.confirm(region, given[0])
        [again] = consented(family, a_consent(family.mette, to_unit(region)))
        with acting(region):
            mine = queries.own_bases(region).get(confirms=given[0].pk)
            actions.end_basis(
                actor=region, basis=mine, ending=Ending.WITHDRAWN, reason="Trukket.", on=TODAY, today=TODAY
            )
        assert again.pk not in self.waiting(region, family), "an own answer that is newer stands"
        [newest] = consented(family, a_consent(family.mette, to_unit(region)))
        assert newest.pk in self.waiting(region, family)
        assert self.confirm(region, newest).supersedes_id is not None

    def test_of_what_was_taken_back_is_refused(self, family, region, given):
        end(family, given[0])
        with pytest.raises(NotAllowed):
            self.confirm(region, given[0])

    def test_of_a_decision_by_law(self, family, region):
        law_says = TestADecisionWithoutAYes()
        [decided] = law_says.decide(family, law_says.statute(family, to_unit(region)))
        back = self.confirm(region, decided)
        assert (back.way, back.reasoning, back.decided_by_id) == (
            Way.STATUTE,
            decided.reasoning,
            decided.decided_by_id,
        )

    def test_by_a_stranger_or_one_who_registers_nothing_is_refused(self, family, region, given):
        stranger = a_stranger()
        with pytest.raises(NotAllowed):
            self.confirm(stranger, given[0])
        with as_owner():
            unit = Unit.objects.select_related("authority").get(pk=region.unit_id)
        provider = a_team_member(family.space, RoleKey.PROVIDER_WORKER, unit=unit)
        with pytest.raises(NotAllowed):
            self.confirm(provider, given[0])
        assert all(row.unit_id != region.unit_id for row in rows_in(family.space))

    def test_leaves_nothing_when_it_fails_on_the_way(self, family, region, given, monkeypatch):
        before = rows_in(family.space)
        monkeypatch.setattr(actions, "_sign", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            self.confirm(region, given[0])
        assert rows_in(family.space) == before

    def test_is_written_in_the_log(self, family, region, given):
        self.confirm(region, given[0])
        assert logged("basis.confirmed") == [(family.space, family.mette.subject_id, int(Category.EVERYDAY))]


class TestTheEnd:
    def test_on_the_day_it_was_given_and_only_once(self, family, region):
        [basis] = consented(family, a_consent(family.mette, to_unit(region)))
        end(family, basis)
        with pytest.raises(Refused):
            end(family, basis)

    def test_on_a_later_day_leaves_it_open_until_then(self, family, region):
        note = family.item(family.mette)
        [basis] = consented(family, a_consent(family.mette, to_unit(region)))
        ended = end(family, basis, on=TODAY + DAY)
        assert seen_by(region, note)
        assert rules.standing_of(ended, TODAY) == rules.Standing.GIVEN
        assert rules.standing_of(ended, TODAY + DAY) == rules.Standing.WITHDRAWN

    @pytest.mark.parametrize(("on", "reason"), [(TODAY - DAY, "Nej."), (TODAY, " ")])
    def test_needs_a_reason_and_no_past_day(self, family, region, on, reason):
        [basis] = consented(family, a_consent(family.mette, to_unit(region)))
        with pytest.raises(Refused):
            end(family, basis, on=on, reason=reason)


class TestADecisionWithoutAYes:
    def statute(self, family, receiver, **fields):
        subject = fields.pop("subject", family.mette).subject_id
        scope = rules.Scope(
            subject, receiver, fields.pop("categories", Category.HEALTH), Purpose.COORDINATION
        )
        words = {
            "ground": law.in_force().ground("health-43-2-2"),
            "reasoning": "Det er nødvendigt for barnets sikkerhed i denne uge.",
            "decided_by": family.coordinator.membership_id,
            "starts": TODAY,
            "ends": TODAY + 30 * DAY,
            "told": Told.CONVERSATION,
            "told_on": TODAY,
        }
        return rules.Statute(scope, **{**words, **fields})

    def decide(self, family, statute):
        with acting(family.coordinator):
            return actions.register_statute(
                actor=family.coordinator, space=family.space, statute=statute, today=TODAY
            )

    def test_opens_and_ends(self, family, region):
        note = family.item(family.mette, category=Category.HEALTH)
        [basis] = self.decide(family, self.statute(family, to_unit(region)))
        assert seen_by(region, note)
        assert basis.section == "sundhedsloven § 43, stk. 2, nr. 2"
        end(family, basis, ending=Ending.NOT_NEEDED)
        assert not seen_by(region, note)

    def test_stands_beside_a_no(self, family, region):
        consented(
            family, a_consent(family.mette, to_unit(region), categories=Category.HEALTH, answer=Answer.NO)
        )
        self.decide(family, self.statute(family, to_unit(region)))
        with acting(family.coordinator):
            rows = list(queries.bases(family.coordinator, family.space, family.mette.subject_id))
        assert {(row.way, row.answer) for row in rows} == {
            (Way.MEETING, Answer.NO),
            (Way.STATUTE, Answer.YES),
        }

    def test_is_decided_by_somebody_of_the_own_unit(self, family, region):
        with pytest.raises(Refused):
            self.decide(family, self.statute(family, to_unit(region), decided_by=region.membership_id))
        with pytest.raises(Refused):
            self.decide(family, self.statute(family, to_unit(region), decided_by=an_actor().membership_id))

    def test_rules_have_receivers(self, family, region):
        ssd = law.in_force().ground("early-prevention")
        school = to_unit(family.colleague(RoleKey.SCHOOL_CONTACT, "school"))
        jobcentre = to_unit(family.colleague(RoleKey.JOBCENTRE_WORKER, "jobcentre"))
        assert self.decide(family, self.statute(family, school, ground=ssd))
        with pytest.raises(Refused):
            self.decide(family, self.statute(family, jobcentre, ground=ssd))


class TestWhoSeesTheRow:
    def test_only_who_may_see_the_topic_sees_that_it_was_asked(self, family, region):
        school = family.receiver(RoleKey.SCHOOL_CONTACT)
        for receiver in (region, school):
            consented(family, a_consent(family.mette, to_unit(receiver), categories=EVERYDAY_AND_HEALTH))
        for actor, categories in [(region, {4, 32}), (school, {4})]:
            with acting(actor):
                seen = queries.bases(actor, family.space, family.mette.subject_id)
                assert {row.category for row in seen} == categories

    def test_a_stranger_sees_none(self, family, region):
        consented(family, a_consent(family.mette, to_unit(region)))
        stranger = a_stranger()
        with acting(stranger):
            assert not list(queries.bases(stranger, family.space))


def rows_in(space):
    with as_owner():
        return list(Basis.objects.filter(item__space=space))


def logged(act):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.space, s.subject, s.categories FROM log_event e JOIN log_subject s ON s.event = e.id "
            "WHERE e.act = %s",
            [act],
        )
        return cursor.fetchall()

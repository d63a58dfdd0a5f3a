"""Writing people down: the act, the refusal, the stranger."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from samspil.collaboration.families import actions, queries
from samspil.collaboration.families.models import PersonRecord, PlaceKind, SearchKey, Tie, TieKind, TieSource
from samspil.collaboration.families.rules.civil_number import made_up
from samspil.collaboration.families.rules.people import Particulars
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.clock import NEVER
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import NotAllowed
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.kernel.sharing import Category
from tests.factories.access import a_citizen, a_stranger, acting, an_actor
from tests.factories.families import a_person, a_place, a_tie
from tests.factories.organisations import a_unit
from tests.factories.owner import as_owner

pytestmark = pytest.mark.django_db
TODAY = clock.today()
BORN = date(2017, 5, 12)
ALMA = Particulars("Alma Lund", BORN)


def register(actor, who=ALMA, **more):
    more = {"civil_number": "", "made_up_allowed": True, **more}
    with acting(actor):
        return actions.register_person(actor=actor, particulars=who, today=TODAY, **more)


def as_written(sql, *values):
    """What stands in the tables, as their owner sees it."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def acts_logged():
    return [act for (act,) in as_written("SELECT act FROM log_event WHERE kind = 'change'")]


def item_of(row):
    sql = "SELECT owner_unit_id, category, subjects FROM access_item WHERE id = %s"
    [(unit, category, subjects)] = as_written(sql, row.pk)
    return SimpleNamespace(unit=unit, category=category, subjects=set(subjects))


def a_neighbour(of):
    """A caseworker of the same authority in another unit."""
    with as_owner():
        from samspil.foundation.organisations.models import Authority

        unit = a_unit(Authority.objects.get(pk=of.authority_id))
    return an_actor(unit=unit)


def both_refuse(actor, call):
    """A stranger stands nowhere: the action says no, and nothing is written."""
    with acting(actor), pytest.raises(NotAllowed):
        call(actor)


class TestRegisterPerson:
    def test_makes_a_record_of_ones_own_unit_with_keys_and_a_trace(self):
        actor = an_actor()
        record = register(actor, Particulars("  Alma   Lund ", BORN))
        assert record.name == "Alma Lund"
        assert (item_of(record).unit, item_of(record).category) == (actor.unit_id, Category.IDENTITY)
        keys = {key for (key,) in as_written("SELECT key FROM families_searchkey")}
        assert {"alma", "lund"} <= keys
        assert "person.registered" in acts_logged()

    def test_takes_the_birth_date_from_the_number(self):
        record = register(an_actor(), Particulars("Alma Lund"), civil_number=made_up(BORN, 12))
        assert record.born == BORN

    @pytest.mark.parametrize(
        ("who", "number", "reason"),
        [
            (Particulars("   "), "", "name"),
            (Particulars("1234"), "", "name"),
            (Particulars("A" * 121), "", "at most"),
            (Particulars("Alma", TODAY + timedelta(days=1)), "", "future"),
            (Particulars("Alma", date(1880, 1, 1)), "", "Check the year"),
            (Particulars("Barn", BORN, is_unborn=True), "", "no birth date"),
            (Particulars("Alma"), "900217-5001", "does not exist"),
            (Particulars("Alma", date(2017, 5, 13)), made_up(BORN, 12), "do not agree"),
            (Particulars("Barn", is_unborn=True), made_up(BORN, 12), "no CPR number"),
        ],
    )
    def test_refuses_what_cannot_be_true_and_writes_nothing(self, who, number, reason):
        actor = an_actor()
        with pytest.raises(Refused, match=reason):
            register(actor, who, civil_number=number)
        assert as_written("SELECT count(*) FROM families_personrecord") == [(0,)]
        assert as_written("SELECT count(*) FROM access_subject") == [(0,)]

    def test_refuses_an_invented_number_in_production(self):
        with pytest.raises(Refused, match="made up"):
            register(an_actor(), civil_number=made_up(BORN, 12), made_up_allowed=False)

    def test_refuses_the_same_number_twice_and_names_whose_it_is(self):
        actor = an_actor()
        register(actor, civil_number=made_up(BORN, 12))
        with pytest.raises(Refused, match="Alma Lund"):
            register(actor, Particulars("Noget Andet", BORN), civil_number=made_up(BORN, 12))

    def test_another_authority_may_have_the_same_number_and_hears_nothing(self):
        register(an_actor(), civil_number=made_up(BORN, 12))
        assert register(an_actor(), civil_number=made_up(BORN, 12)).name == "Alma Lund"

    def test_another_unit_of_the_authority_hears_that_there_is_a_record_and_no_name(self):
        actor = an_actor()
        register(actor, Particulars("Alma Hemmelig", BORN), civil_number=made_up(BORN, 12))
        with pytest.raises(Refused, match="Another unit") as refused:
            register(a_neighbour(actor), civil_number=made_up(BORN, 12))
        assert "Hemmelig" not in refused.value.reason

    def test_asks_before_a_near_name_of_the_same_day_and_believes_the_answer(self):
        actor = an_actor()
        register(actor, Particulars("Kristian Lund", BORN))
        with pytest.raises(Refused, match="already"):
            register(actor, Particulars("Christian Lunn", BORN))
        assert register(actor, Particulars("Christian Lunn", BORN), despite_likeness=True)

    @pytest.mark.parametrize(("there", "written"), [(None, None), (None, BORN), (BORN, None)])
    def test_asks_too_where_a_birth_date_is_not_known(self, there, written):
        actor = an_actor()
        register(actor, Particulars("Kristian Lund", there))
        with pytest.raises(Refused, match="already"):
            register(actor, Particulars("Christian Lund", written))
        assert register(actor, Particulars("Kristian", written)), "a first name alone is everybody's"

    def test_asks_by_a_former_name_too(self):
        actor = an_actor()
        record = register(actor, Particulars("Alma Krogh"))
        married = Particulars("Alma Lund")
        with acting(actor):
            actions.correct_person(
                actor=actor, record=record, particulars=married, reason="Navneændring", today=TODAY
            )
        with pytest.raises(Refused, match="already"):
            register(actor, Particulars("Alma Krogh"))

    def test_a_near_name_elsewhere_is_never_told(self):
        register(an_actor(), Particulars("Kristian Lund", BORN))
        assert register(an_actor(), Particulars("Kristian Lund", BORN))

    @pytest.mark.parametrize("role", [RoleKey.SCHOOL_CONTACT, RoleKey.ADMINISTRATOR, RoleKey.PRIVACY_OFFICER])
    def test_is_closed_to_roles_that_keep_no_records(self, role):
        with pytest.raises(NotAllowed):
            register(an_actor(role))

    def test_is_closed_to_citizens(self):
        with pytest.raises(NotAllowed):
            register(a_citizen())

    def test_the_number_is_nowhere_readable(self):
        actor = an_actor()
        number = made_up(BORN, 12)
        record = register(actor, civil_number=number)
        [[sealed]] = as_written("SELECT sealed FROM families_civilnumber")
        [[hashed]] = as_written("SELECT encode(hash, 'hex') FROM wall.cpr_key")
        assert number not in sealed
        assert number not in hashed
        with acting(actor):
            assert queries.civil_number_of(actor, record.subject_id) == f"{number[:6]}-{number[6:]}"


class TestCorrectPerson:
    def test_supersedes_and_keeps_the_old_with_the_reason(self):
        actor = an_actor()
        old = a_person(actor, "Alma Lund", is_protected=True)
        with acting(actor):
            new = actions.correct_person(
                actor=actor,
                record=old,
                particulars=Particulars("Alma Krog", BORN),
                reason="Gift",
                today=TODAY,
            )
            assert [row.name for row in queries.earlier_records(actor, old.subject_id)] == ["Alma Lund"]
            assert queries.person_records(actor).get(subject=old.subject_id).pk == new.pk
        assert (new.supersedes_id, new.reason, new.is_protected) == (old.pk, "Gift", True)
        assert "person.corrected" in acts_logged()

    def test_the_second_of_two_tabs_is_refused(self):
        actor = an_actor()
        old = a_person(actor, "Alma Lund")
        change = {"particulars": Particulars("Alma Krog", BORN), "reason": "Gift", "today": TODAY}
        with acting(actor):
            new = actions.correct_person(actor=actor, record=old, **change)
        with acting(actor), pytest.raises(Refused, match="meantime"):
            actions.correct_person(actor=actor, record=old, **change)
        with acting(actor), pytest.raises(Refused, match="meantime"):
            actions.correct_person(actor=actor, record=new, based_on=old.pk, **change)

    def test_refuses_without_a_reason(self):
        actor = an_actor()
        old = a_person(actor)
        with acting(actor), pytest.raises(Refused, match="why"):
            actions.correct_person(
                actor=actor, record=old, particulars=Particulars("Alma", BORN), reason=" ", today=TODAY
            )

    @pytest.mark.parametrize("other", [a_stranger, None])
    def test_is_closed_to_strangers_and_to_other_units(self, other):
        actor = an_actor()
        old = a_person(actor)
        both_refuse(
            other() if other else a_neighbour(actor),
            lambda who: actions.correct_person(
                actor=who, record=old, particulars=Particulars("Alma", BORN), reason="x", today=TODAY
            ),
        )


class TestProtectAddress:
    def test_protects_and_lets_go_again(self):
        actor = an_actor()
        record = a_person(actor)
        with acting(actor):
            protected = actions.protect_address(actor=actor, record=record, is_protected=True, reason="CPR")
            again = actions.protect_address(
                actor=actor, record=protected, is_protected=False, reason="Ophørt"
            )
        assert protected.is_protected
        assert not again.is_protected
        assert {"person.protected", "person.unprotected"} <= set(acts_logged())

    def test_refuses_what_is_so_already(self):
        actor = an_actor()
        record = a_person(actor)
        with acting(actor), pytest.raises(Refused):
            actions.protect_address(actor=actor, record=record, is_protected=False, reason="x")

    def test_is_closed_to_strangers(self):
        record = a_person(an_actor())
        both_refuse(
            a_stranger(),
            lambda who: actions.protect_address(actor=who, record=record, is_protected=True, reason="x"),
        )


class TestNumber:
    def test_can_come_later_and_be_replaced(self):
        actor = an_actor()
        record = a_person(actor)
        for serial in (1, 2):
            with acting(actor):
                actions.note_civil_number(
                    actor=actor,
                    record=record,
                    civil_number=made_up(BORN, serial),
                    made_up_allowed=True,
                    today=TODAY,
                )
        with acting(actor):
            assert queries.civil_number_of(actor, record.subject_id).replace("-", "") == made_up(BORN, 2)
            assert queries.subject_with(actor, made_up(BORN, 1)) is None

    def test_refuses_somebody_elses(self):
        actor = an_actor()
        a_person(actor, "Noah Lund", civil_number=made_up(BORN, 1))
        record = a_person(actor, "Alma Lund")
        with acting(actor), pytest.raises(Refused):
            actions.note_civil_number(
                actor=actor, record=record, civil_number=made_up(BORN, 1), made_up_allowed=True, today=TODAY
            )

    def test_is_closed_to_strangers(self):
        record = a_person(an_actor())
        both_refuse(
            a_stranger(),
            lambda who: actions.note_civil_number(
                actor=who, record=record, civil_number=made_up(BORN, 1), made_up_allowed=True, today=TODAY
            ),
        )


class TestWhereabouts:
    def test_is_an_item_of_its_own_category(self):
        actor = an_actor()
        place = a_place(actor, a_person(actor), "Skovvej 4, 9440 Aabybro")
        assert item_of(place).category == Category.WHEREABOUTS
        assert "whereabouts.noted" in acts_logged()

    def test_ends_once_and_not_in_the_future(self):
        actor = an_actor()
        place = a_place(actor, a_person(actor), "Skovvej 4")
        with acting(actor), pytest.raises(Refused, match="future"):
            actions.end_whereabouts(actor=actor, place=place, ends=TODAY + timedelta(days=1), today=TODAY)
        with acting(actor):
            assert actions.end_whereabouts(actor=actor, place=place, ends=TODAY, today=TODAY).ends == TODAY
        with acting(actor), pytest.raises(Refused, match="already"):
            actions.end_whereabouts(actor=actor, place=place, ends=TODAY, today=TODAY)

    def test_refuses_nothing_and_tomorrow(self):
        actor = an_actor()
        record = a_person(actor)
        for text, starts in ((" ", None), ("Skovvej 4", TODAY + timedelta(days=1))):
            with acting(actor), pytest.raises(Refused):
                actions.note_whereabouts(
                    actor=actor,
                    record=record,
                    kind=PlaceKind.ADDRESS,
                    text=text,
                    starts=starts,
                    today=TODAY,
                )

    def test_is_closed_to_strangers(self):
        actor = an_actor()
        record = a_person(actor)
        place = a_place(actor, record, "Skovvej 4")
        stranger = a_stranger()
        both_refuse(
            stranger,
            lambda who: actions.note_whereabouts(
                actor=who, record=record, kind=PlaceKind.PHONE, text="12 34 56 78", starts=None, today=TODAY
            ),
        )
        both_refuse(
            stranger, lambda who: actions.end_whereabouts(actor=who, place=place, ends=TODAY, today=TODAY)
        )


class TestTies:
    def test_a_tie_is_an_item_about_both(self):
        actor = an_actor()
        alma = a_person(actor)
        mette = a_person(actor, "Mette Lund", born=date(1987, 3, 1))
        tie = a_tie(actor, mette, TieKind.PARENT, alma)
        assert item_of(tie).subjects == {mette.subject_id, alma.subject_id}
        assert item_of(tie).category == Category.IDENTITY
        assert "tie.noted" in acts_logged()

    def test_whom_one_lives_with_tells_where_one_is(self):
        actor = an_actor()
        tie = a_tie(actor, a_person(actor), TieKind.LIVES_WITH, a_person(actor))
        assert item_of(tie).category == Category.WHEREABOUTS

    def test_an_impossible_tie_is_refused_with_its_reason(self):
        actor = an_actor()
        alma = a_person(actor)
        mette = a_person(actor, "Mette Lund", born=date(1987, 3, 1))
        with pytest.raises(Refused, match="swapped"):
            a_tie(actor, alma, TieKind.PARENT, mette)
        a_tie(actor, mette, TieKind.PARENT, alma)
        with pytest.raises(Refused, match="already"):
            a_tie(actor, mette, TieKind.PARENT, alma)

    def test_ends_and_stays_on_record(self):
        actor = an_actor()
        tie = a_tie(actor, a_person(actor), TieKind.SIBLING, a_person(actor))
        with acting(actor):
            actions.end_tie(actor=actor, tie=tie, ends=TODAY, today=TODAY)
            assert queries.tie_rows(actor).get(pk=tie.pk).ends == TODAY
        with acting(actor), pytest.raises(Refused):
            actions.end_tie(actor=actor, tie=tie, ends=TODAY, today=TODAY)

    def test_custody_in_doubt_needs_a_reason_and_custody(self):
        actor = an_actor()
        alma, mette = a_person(actor), a_person(actor, "Mette Lund", born=date(1987, 3, 1))
        custody = a_tie(actor, mette, TieKind.CUSTODY, alma)
        with acting(actor):
            doubted = actions.mark_custody_disputed(
                actor=actor, tie=custody, is_disputed=True, reason="Sag i Familieretshuset"
            )
            assert doubted.is_disputed
        with acting(actor), pytest.raises(Refused):
            actions.mark_custody_disputed(actor=actor, tie=custody, is_disputed=False, reason=" ")
        sibling = a_tie(actor, alma, TieKind.NETWORK, mette)
        with acting(actor), pytest.raises(Refused):
            actions.mark_custody_disputed(actor=actor, tie=sibling, is_disputed=True, reason="x")

    def test_is_closed_to_strangers(self):
        actor = an_actor()
        one, two = a_person(actor), a_person(actor)
        tie = a_tie(actor, one, TieKind.SIBLING, two)
        stranger = a_stranger()
        both_refuse(
            stranger,
            lambda who: actions.tie_persons(
                actor=who,
                person=one,
                kind=TieKind.NETWORK,
                to=two,
                starts=None,
                source=TieSource.FAMILY,
                today=TODAY,
            ),
        )
        both_refuse(stranger, lambda who: actions.end_tie(actor=who, tie=tie, ends=TODAY, today=TODAY))
        both_refuse(
            stranger,
            lambda who: actions.mark_custody_disputed(actor=who, tie=tie, is_disputed=True, reason="x"),
        )

    def test_ones_own_person_is_not_tied_to_a_strangers(self):
        ours, theirs = an_actor(), an_actor()
        one, two = a_person(ours), a_person(theirs)
        with pytest.raises(NotAllowed):
            a_tie(ours, one, TieKind.SIBLING, two)


class TestTheDatabaseItself:
    """What holds whatever code runs."""

    def test_a_row_for_another_units_item_is_refused(self):
        ours, theirs = an_actor(), an_actor()
        record = a_person(theirs)
        with acting(ours), pytest.raises(ProgrammingError), transaction.atomic():
            SearchKey.objects.create(
                item_id=record.pk,
                authority_id=ours.authority_id,
                unit_id=ours.unit_id,
                subject_id=record.subject_id,
                key="alma",
            )

    def test_a_person_has_one_record_in_force(self):
        actor = an_actor()
        one, two = a_person(actor), a_person(actor)
        with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
            PersonRecord.objects.filter(pk=two.pk).update(subject=one.subject_id)

    def test_a_tie_needs_two(self):
        actor = an_actor()
        tie = a_tie(actor, a_person(actor), TieKind.SIBLING, a_person(actor))
        with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
            Tie.objects.filter(pk=tie.pk).update(to_id=tie.person_id)

    def test_an_end_is_never_infinite(self):
        actor = an_actor()
        assert a_tie(actor, a_person(actor), TieKind.SIBLING, a_person(actor)).ends == NEVER

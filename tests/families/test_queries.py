"""What one finds and sees of people: tolerant of spelling, and never outside one's sight."""

import re
from datetime import date

import pytest
from django.db import connection

from samspil.collaboration.families import actions, queries
from samspil.collaboration.families.models import PlaceKind, SearchKey, TieKind
from samspil.collaboration.families.queries import Showing
from samspil.collaboration.families.rules.people import Particulars
from samspil.foundation.access import wall
from samspil.foundation.audit import log
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.roles import RoleKey
from tests.factories.access import a_citizen, a_stranger, acting, an_actor
from tests.factories.families import a_person, a_place, a_tie
from tests.factories.owner import as_owner

pytestmark = pytest.mark.django_db
TODAY = clock.today()
NAMES = [
    "Mette Lund",
    "Jens Lund",
    "Søren Åkjær Nygaard",
    "Christian Vestergaard",
    "Kirstine Bæk",
    "Anne-Marie Schmidt",
    "Bo Ibsen",
    "Yusuf Çelik",
]


@pytest.fixture
def unit():
    actor = an_actor()
    for name in NAMES:
        a_person(actor, name)
    return actor


def found(actor, text):
    with acting(actor):
        return [hit.record.name for hit in queries.search_persons(actor, text)]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("mette lund", "Mette Lund"),
        ("LUND mette", "Mette Lund"),
        ("Mete", "Mette Lund"),
        ("soeren", "Søren Åkjær Nygaard"),
        ("Soren", "Søren Åkjær Nygaard"),
        ("aakjær", "Søren Åkjær Nygaard"),
        ("nygård", "Søren Åkjær Nygaard"),
        ("Kristian", "Christian Vestergaard"),
        ("westergård", "Christian Vestergaard"),
        ("chrstian", "Christian Vestergaard"),
        ("kris vest", "Christian Vestergaard"),
        ("Kirsten Bech", "Kirstine Bæk"),
        ("annemarie", "Anne-Marie Schmidt"),
        ("smidt", "Anne-Marie Schmidt"),
        ("bo", "Bo Ibsen"),
        ("jusuf celik", "Yusuf Çelik"),
    ],
)
def test_search_forgives_letters_sounds_and_slips(unit, typed, name):
    assert name in found(unit, typed)


@pytest.mark.parametrize("typed", ["", "   ", "1234", "%", "'; DROP TABLE", "Xqzw", "Mette Krog", "\x00"])
def test_search_finds_nobody_where_nobody_is_meant(unit, typed):
    assert found(unit, typed) == []


def test_the_nearest_comes_first(unit):
    a_person(unit, "Mete Aagaard")
    assert found(unit, "mette") == ["Mette Lund", "Mete Aagaard"]


def test_nobody_is_found_outside_ones_own_sight(unit):
    assert found(unit, "mette") == ["Mette Lund"]
    assert found(a_stranger(), "mette") == []


def test_a_colleague_of_the_unit_finds_what_the_unit_keeps(unit):
    from samspil.foundation.organisations.models import Unit

    with as_owner():
        own = Unit.objects.get(pk=unit.unit_id)
    assert found(an_actor(unit=own), "mette") == ["Mette Lund"]
    assert found(an_actor(RoleKey.ADMINISTRATOR, unit=own), "mette") == []


def test_a_former_name_finds_and_says_so(unit):
    with acting(unit):
        [hit] = queries.search_persons(unit, "mette")
        actions.correct_person(
            actor=unit,
            record=hit.record,
            particulars=Particulars("Lone Krog", hit.record.born),
            reason="Nyt navn",
            today=TODAY,
        )
        [again] = queries.search_persons(unit, "mette lund")
    assert (again.record.name, again.former_name) == ("Lone Krog", "Mette Lund")


def test_a_search_is_logged_with_its_words(unit):
    with acting(unit):
        queries.search_persons(unit, "mette lund")
        assert "mette lund" in log.current().criterion


def test_a_slip_in_a_rare_name_beside_a_common_one_is_forgiven(unit):
    for _number in range(queries.MANY):
        a_person(unit, "Mette Holm")
    assert found(unit, "mette vetsergaard") == []
    a_person(unit, "Mette Vestergaard")
    assert found(unit, "mette vetsergaard") == ["Mette Vestergaard"]


@pytest.mark.parametrize("extra", [0, 30])
def test_search_costs_the_same_however_many_there_are(unit, django_assert_num_queries, extra):
    for _number in range(extra):
        a_person(unit, "Mette Lund")
    with acting(unit), django_assert_num_queries(2 if extra else 3):
        assert len(queries.search_persons(unit, "mette lund")) == extra + 1


def test_search_asks_its_keys_through_the_index(unit):
    for number in range(40):
        a_person(unit, f"Mette {number} Holm")  # an empty table is as cheap in any way
    with acting(unit), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(
            "EXPLAIN SELECT subject_id FROM families_searchkey WHERE unit_id = %s AND key = %s",
            [unit.unit_id, "mette"],
        )
        plan = " ".join(line for (line,) in cursor.fetchall())
    assert "search_key_of_unit" in plan
    [condition] = re.findall(r"search_key_of_unit .*?Index Cond: (.*?)\s+Filter:", plan)
    assert "unit_id = " in condition
    assert "key" in condition


def test_keys_are_not_asked_without_somebody_before_the_wall():
    with pytest.raises(wall.NoContext):
        list(SearchKey.objects.all())


class TestLookAlikes:
    def test_few_queries_and_only_in_sight(self, unit, django_assert_num_queries):
        who = Particulars("Mete Lund", date(2017, 5, 12))
        with acting(unit), django_assert_num_queries(4):
            assert [row.name for row in queries.look_alikes(unit, who).perhaps] == ["Mette Lund"]
        stranger = a_stranger()
        with acting(stranger):
            assert queries.look_alikes(stranger, who) == queries.LookAlikes()


@pytest.fixture
def lunds():
    """Jens and Mette apart, Alma in both homes, Inge the grandmother; Alma's place is protected."""
    actor = an_actor()
    people = {
        "inge": a_person(actor, "Inge Lund", born=date(1955, 1, 1)),
        "jens": a_person(actor, "Jens Lund", born=date(1985, 1, 1)),
        "mette": a_person(actor, "Mette Lund", born=date(1987, 1, 1), is_protected=True),
        "alma": a_person(actor, "Alma Lund", is_protected=True),
        "noah": a_person(actor, "Noah Lund", born=date(2010, 1, 1)),
    }
    a_tie(actor, people["inge"], TieKind.PARENT, people["jens"])
    a_tie(actor, people["mette"], TieKind.EX_PARTNER, people["jens"])
    for child in ("alma", "noah"):
        a_tie(actor, people["jens"], TieKind.PARENT, people[child])
        a_tie(actor, people["mette"], TieKind.PARENT, people[child])
    a_tie(actor, people["alma"], TieKind.LIVES_WITH, people["mette"])
    a_tie(actor, people["noah"], TieKind.LIVES_WITH, people["jens"])
    a_place(actor, people["alma"], "Hemmelig Vej 7")
    a_place(actor, people["alma"], "Den Skjulte Skole", PlaceKind.SCHOOL)
    a_place(actor, people["noah"], "Torvet 1")
    return actor, people


class TestFamily:
    def test_reaches_two_ties_in_three_queries(self, lunds, django_assert_num_queries):
        actor, people = lunds
        with acting(actor), django_assert_num_queries(3):
            family = queries.family_of(actor, people["noah"].subject_id)
        assert {record.name for record in family.people} == {
            "Inge Lund",
            "Jens Lund",
            "Mette Lund",
            "Alma Lund",
            "Noah Lund",
        }

    def test_a_stranger_sees_nobody(self, lunds):
        _actor, people = lunds
        stranger = a_stranger()
        with acting(stranger):
            family = queries.family_of(stranger, people["noah"].subject_id)
        assert (family.people, family.ties) == ((), ())


class TestProtectedLocation:
    def ask(self, actor, records, **more):
        with acting(actor):
            return queries.protected_location(actor, records, day=TODAY, **more)

    def test_shows_an_open_place_and_not_a_protected_one(self, lunds):
        actor, people = lunds
        found = self.ask(actor, [people["alma"], people["noah"], people["jens"]])
        assert found[people["alma"].subject_id].showing == Showing.HIDDEN
        assert [place.text for place in found[people["noah"].subject_id].places] == ["Torvet 1"]
        assert found[people["jens"].subject_id].showing == Showing.UNKNOWN

    def test_a_protected_place_is_not_even_read_before_somebody_asks(self, lunds, django_assert_num_queries):
        actor, people = lunds
        with acting(actor), django_assert_num_queries(0):
            queries.protected_location(actor, [people["alma"]], day=TODAY)

    def test_whoever_keeps_the_record_may_ask_for_one_person(self, lunds):
        actor, people = lunds
        found = self.ask(actor, [people["alma"]], is_asked_for=True)
        assert {place.text for place in found[people["alma"].subject_id].places} == {
            "Hemmelig Vej 7",
            "Den Skjulte Skole",
        }
        many = self.ask(actor, [people["alma"], people["mette"]], is_asked_for=True)
        assert many[people["alma"].subject_id].showing == Showing.HIDDEN

    def test_a_citizen_and_a_stranger_never_learn_it(self, lunds):
        _actor, people = lunds
        found = self.ask(a_citizen(), [people["alma"]], is_asked_for=True)
        assert found[people["alma"].subject_id].showing == Showing.HIDDEN
        found = self.ask(a_stranger(), [people["alma"]], is_asked_for=True)
        assert found[people["alma"].subject_id].showing == Showing.UNKNOWN

    def test_protecting_hides_what_was_written_before(self, lunds):
        actor, people = lunds
        with acting(actor):
            protected = actions.protect_address(
                actor=actor, record=people["noah"], is_protected=True, reason="CPR"
            )
        found = self.ask(actor, [protected])
        assert found[protected.subject_id].showing == Showing.HIDDEN

    def test_an_ended_place_is_no_longer_shown(self, lunds):
        actor, people = lunds
        place = a_place(actor, people["jens"], "Gamle Vej 2")
        with acting(actor):
            actions.end_whereabouts(actor=actor, place=place, ends=TODAY, today=TODAY)
        assert self.ask(actor, [people["jens"]])[people["jens"].subject_id].showing == Showing.UNKNOWN

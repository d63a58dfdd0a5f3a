"""The invented people: written through the wall, once however often it starts, refused in production."""

import re
from datetime import date

import pytest
from django.conf import settings as django_settings
from django.db import connections
from django.test import override_settings

from samspil.collaboration.courses.queries import caseload
from samspil.collaboration.families import queries as families
from samspil.collaboration.families.rules import civil_number, names
from samspil.doors.demo import actions, guide
from samspil.doors.demo.colleagues import COLLEAGUES, HANNE, JONAS, KARIM, PASSWORD, SIGNE
from samspil.doors.demo.stories import LUND, MOELLER, OERSTED, STORIES, Person
from samspil.foundation.access import wall
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.organisations.actions import load_authorities
from tests import database as own_database
from tests.database import Database

TODAY = clock.today()
COUNTED = (
    "families_personrecord",
    "families_tie",
    "families_whereabouts",
    "organisations_membership",
    "accounts_account",
    "access_ledger",
    "log_event",
)


def counted(database: Database) -> dict[str, int]:
    with connections["owner"].cursor() as cursor:
        found = {}
        for table in COUNTED:
            cursor.execute(f"SELECT count(*) FROM {table}")
            [[found[table]]] = cursor.fetchall()
        return found


@pytest.fixture(scope="module")
def made(fresh_database: Database, django_db_blocker):
    """The demo, made once with the real roles over real connections."""
    with (
        django_db_blocker.unblock(),
        own_database.pointing_at(fresh_database),
        override_settings(SAMSPIL_LOG_ALIAS="door"),
    ):
        load_authorities()
        actions.make(today=TODAY)
        yield fresh_database


def test_a_second_start_adds_nothing_and_leaves_no_trace(made: Database):
    before = counted(made)
    said: list[str] = []
    actions.make(today=TODAY, say=said.append)
    assert counted(made) == before
    assert said == []


def test_what_was_interrupted_is_finished_and_what_is_there_stays(made: Database):
    """Red on a twin that looks at the log-ins alone: those are all there, and the family would be missing."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE families_personrecord SET name = 'En Anden' WHERE name = %s AND authority_id = %s",
            [LUND.first, KARIM.authority],
        )
    said: list[str] = []
    before = counted(made)
    with pytest.raises(Refused):  # the numbers are taken: whoever renames the first person has the family
        actions.make(today=TODAY, say=said.append)
    assert said == ["  Familien Lund, VIA-teamet"]
    assert counted(made)["families_personrecord"] == before["families_personrecord"]
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE families_personrecord SET name = %s WHERE name = 'En Anden'", [LUND.first])


def test_every_person_stands_in_the_log_as_written_down(made: Database):
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM families_personrecord r WHERE NOT EXISTS (SELECT FROM log_subject s "
            "JOIN log_event e ON e.id = s.event "
            "WHERE s.subject = r.subject_id AND e.act = 'person.registered')"
        )
        assert cursor.fetchall() == [(0,)]


def test_signe_sees_six_families_karim_two_and_the_stranger_none(made: Database):
    seen = {}
    for colleague in (SIGNE, KARIM, JONAS):
        with wall.acting_as(actions.actor_of(colleague), "test") as actor:
            seen[colleague.login] = len(families.kept_families(actor))
    assert seen == {"signe.holm": 6, "karim.saleh": 2, "jonas.vestergaard": 0}


def test_the_leader_leads(made: Database):
    with wall.acting_as(actions.actor_of(HANNE), "test"), connections["default"].cursor() as cursor:
        cursor.execute("SELECT led_units FROM wall.me()")
        assert cursor.fetchall() == [([HANNE.posts[0][0].id],)]


@pytest.mark.parametrize(("leader", "most"), actions.CEILINGS, ids=lambda one: getattr(one, "login", ""))
def test_a_leader_has_set_a_ceiling(made: Database, leader, most):
    with wall.acting_as(actions.actor_of(leader), "test") as actor:
        [row] = caseload.ceiling_rows(actor, leader.posts[0][0].id)
        assert row.ceiling == most


@pytest.mark.django_db
def test_production_refuses(settings):
    settings.SAMSPIL_ALLOWS_DEMO_ACCOUNTS = False
    with pytest.raises(Refused):
        actions.make_demo_account(login="x", password=PASSWORD, using="default")


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.key)
@pytest.mark.parametrize("today", [date(2026, 11, 22), date(2027, 3, 1), date(2028, 2, 29)], ids=str)
def test_ages_hold_on_whatever_day_and_numbers_belong_to_nobody(story, today):
    for person in story.people:
        born = person.born(today)
        if born:
            number = civil_number.read(civil_number.made_up(born, 1))
            assert number is not None
            assert number.is_made_up
            assert number.born == born
            months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
            assert divmod(months, 12) == (person.years, person.months)


def test_the_stories_hold_what_they_tell():
    assert any(person.is_unborn for person in MOELLER.people)
    assert [p.months for p in LUND.people if p.name == "Noah Lund"] == [6]
    assert OERSTED.people[0].born(TODAY) is not None
    told = {name for story in STORIES for bond in story.bonds for name in (bond.person, bond.to)}
    assert told == {person.name for story in STORIES for person in story.people}
    assert all(isinstance(person, Person) for story in STORIES for person in story.people)


def test_the_guide_names_everyone_and_the_misspelt_name_is_found():
    text = "\n".join(guide.lines())
    assert PASSWORD in text
    assert all(one.login in text and one.to_try in text for one in COLLEAGUES)
    [misspelt] = re.findall(r"Søg efter »([^«]+)«", text)
    assert names.distance(misspelt, "Leyla Yilmaz") is not None
    assert misspelt != "Leyla Yilmaz"
    assert max(len(line) for line in guide.lines()) <= 110
    assert django_settings.SAMSPIL_ALLOWS_DEMO_ACCOUNTS

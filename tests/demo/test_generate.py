"""The generated country: the same seed, the same rows; lawful; seen by whom it concerns."""

import hashlib
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.db import connections
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from samspil.collaboration.courses import queries as courses
from samspil.collaboration.courses.actions import load_vocabulary, note_fact
from samspil.collaboration.courses.rules import ready_to_note
from samspil.collaboration.families import queries as families
from samspil.collaboration.families.rules import civil_number
from samspil.collaboration.programmes import engine, loading
from samspil.collaboration.programmes.actions import load_programmes
from samspil.doors.cli import rebuild_due
from samspil.doors.demo.colleagues import PASSWORD
from samspil.doors.demo.generate import actions, country, happenings, names, story
from samspil.doors.demo.generate.actions import Done, generate
from samspil.doors.demo.generate.rows import TABLES
from samspil.foundation.access import sight, wall
from samspil.foundation.access.models import Item
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.organisations.actions import load_authorities
from tests import database as own_database
from tests.database import Database

TODAY = clock.today()
COURSES = 130
UNLIKE = {
    "families_civilnumber": "sealed",  # never the same twice
    "accounts_account": "password",
    "courses_course": "version_id",  # the key under which this database has loaded the model
}
"""Columns that differ between two databases with the same country."""


def owners(sql: str, *values: object) -> list[tuple]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def content_hashes() -> dict[str, str]:
    found = {}
    for table, columns in TABLES.items():
        kept = ", ".join(c for c in columns.split(", ") if c != UNLIKE.get(table))
        digest = hashlib.sha256()
        for row in owners(f"SELECT {kept} FROM {table} ORDER BY {kept}"):
            digest.update(repr(row).encode())
        found[table] = digest.hexdigest()
    return found


def load_base() -> None:
    load_authorities()
    load_programmes()
    load_vocabulary()


@pytest.fixture(scope="module")
def made(fresh_database: Database, django_db_blocker):
    """A small country, written once by two processes, with the real roles over real connections."""
    with (
        django_db_blocker.unblock(),
        own_database.pointing_at(fresh_database),
        override_settings(SAMSPIL_LOG_ALIAS="door"),
    ):
        load_base()
        yield generate(courses=COURSES, seed=7, today=TODAY, processes=2)


def acting(post: str):
    """Before the wall as the generated colleague in this post."""
    [(account, unit, authority, role)] = owners(
        "SELECT s.account_id, m.unit_id, m.authority_id, m.role FROM organisations_membership m "
        "JOIN organisations_staff s ON s.id = m.staff_id WHERE m.id = %s",
        post,
    )
    return wall.acting_as(Actor(account, post, unit, authority, RoleKey(role)), "test")


def busiest(role: str) -> str:
    [(post,)] = owners(
        "SELECT membership_id FROM courses_participant WHERE role = %s GROUP BY 1 "
        "ORDER BY count(*) DESC, 1 LIMIT 1",
        role,
    )
    return post


def test_every_table_has_rows(made: Done):
    empty = [t for t in TABLES if owners(f"SELECT NOT EXISTS (SELECT FROM {t})") == [(True,)]]
    assert empty == []
    assert owners("SELECT count(*) FROM courses_course") == [(COURSES,)]


def test_what_is_due_is_what_the_facts_say(made: Done, capsys):
    """Red on a twin that leaves out one fact of what the engine is given."""
    assert rebuild_due.check() == 0, capsys.readouterr().out


def test_keys_and_indexes_are_there_again(made: Done):
    missing = owners(
        "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND NOT convalidated "
        "UNION ALL SELECT count(*) FROM pg_trigger WHERE tgenabled = 'D'"
    )
    assert missing == [(0,), (0,)]
    for kind in ("f", "c", "u"):
        assert owners(_COUNTED, kind) == _template(_COUNTED, kind)
    assert owners(_INDEXED) == _template(_INDEXED)


_COUNTED = "SELECT count(*) FROM pg_constraint WHERE contype = %s"
_INDEXED = "SELECT indexdef FROM pg_indexes WHERE schemaname IN ('public', 'wall') ORDER BY 1"


def _template(sql: str, *values: object) -> list[tuple]:
    """The same asked of a database in which nothing was generated."""
    other = own_database.copy("samspil_untouched")
    try:
        import psycopg

        with psycopg.connect(other.url("samspil_owner")) as connection:
            return connection.execute(sql, values).fetchall()
    finally:
        own_database.drop(other)


@pytest.mark.parametrize("role", [story.MUNICIPALITY, story.REGION, story.SCHOOL])
def test_a_colleague_sees_the_own_courses_and_no_others(made: Done, role: str):
    post = busiest(role)
    own = {
        space
        for (space,) in owners("SELECT space_id FROM courses_participant WHERE membership_id = %s", post)
    }
    with acting(post) as actor:
        seen = {course.space_id for course in courses.visible_courses(actor)}
    assert own
    assert seen == own


def test_both_sectors_see_what_the_other_has_noted(made: Done):
    """Red on a twin that writes the bases one way only."""
    for role in (story.MUNICIPALITY, story.REGION):
        post = busiest(role)
        with acting(post) as actor:
            items = list(sight.visible(Item.objects.filter(kind="fact", owner_unit__isnull=False)))
            assert {item.owner_authority_id for item in items} > {actor.authority_id}
            assert courses.worklist(actor, TODAY).mine


def test_a_worklist_costs_as_many_statements_for_many_courses_as_for_few(made: Done):
    """Red on a twin that asks for each course apart."""
    counts = set()
    for few in (True, False):
        order = "ASC" if few else "DESC"
        [(post,)] = owners(
            "SELECT membership_id FROM courses_participant WHERE role = %s GROUP BY 1 HAVING count(*) > 0 "
            f"ORDER BY count(*) {order}, 1 LIMIT 1",
            story.MUNICIPALITY,
        )
        with acting(post) as actor:
            courses.worklist(actor, TODAY)  # a process reads the published models once
            with CaptureQueriesContext(connections["default"]) as asked:
                courses.worklist(actor, TODAY)
        counts.add(len(asked))
    assert len(counts) == 1
    assert counts.pop() <= 10


def test_people_are_found_by_name_and_a_fact_can_be_noted(made: Done):
    post = busiest(story.MUNICIPALITY)
    with acting(post) as actor:
        kept = families.kept_families(actor)
        assert kept
        space = next(iter(courses.visible_courses(actor))).space_id
        note_fact(
            actor=actor, space=space, kind="contact.made", on=TODAY, today=TODAY,
            attributes={"kind": "coordination"},
        )  # fmt: skip
    assert rebuild_due.check() == 0


def test_those_who_are_named_can_log_in_and_nobody_else(made: Done):
    for one in made.colleagues:
        assert authenticate(None, username=one.login, password=PASSWORD) is not None
    able = owners("SELECT count(*) FROM accounts_account WHERE login LIKE 'opdigtet.%%' AND password <> '!'")
    assert able == [(len(made.colleagues),)]
    assert owners("SELECT count(*) FROM accounts_account WHERE login LIKE 'opdigtet.%%' AND NOT is_demo") == [
        (0,)
    ]


def test_a_second_country_is_refused(made: Done):
    with pytest.raises(Refused):
        generate(courses=1, seed=8, today=TODAY)


def test_production_refuses(settings):
    settings.SAMSPIL_ALLOWS_DEMO_ACCOUNTS = False
    with pytest.raises(Refused):
        generate(courses=1, seed=1, today=TODAY)


def test_the_same_seed_writes_the_same_rows(made: Done, django_db_blocker):
    """In another database, by one process instead of two; another seed writes others."""
    found = []
    for seed, processes in ((7, 1), (7, 2), (8, 1)):
        other = own_database.copy(f"samspil_seed_{len(found)}_{own_database.os.getpid()}")
        with django_db_blocker.unblock(), own_database.pointing_at(other):
            load_base()
            generate(courses=40, seed=seed, today=TODAY, processes=processes)
            found.append(content_hashes())
        own_database.drop(other)
    same = {"organisations_authority", "organisations_belonging"}
    assert found[0] == found[1]
    assert {table for table in TABLES if found[0][table] == found[2][table]} <= same


def test_a_stop_half_way_leaves_nothing(fresh_database: Database, made: Done, monkeypatch):
    other = own_database.copy(f"samspil_stop_{own_database.os.getpid()}")

    def stopped(done: int, wanted: int) -> None:
        raise KeyboardInterrupt

    with own_database.pointing_at(other):
        load_base()
        with pytest.raises(KeyboardInterrupt):
            generate(courses=10, seed=1, today=TODAY, processes=1, progress=stopped)
        assert owners("SELECT count(*) FROM access_item") == [(0,)]
        generate(courses=10, seed=1, today=TODAY, processes=1, has_invented_names=True)
        assert owners("SELECT count(*) FROM organisations_authority WHERE name = ANY(%s)",
                      [f"{name} Kommune" for name in names.PLACES]) == [(98,)]  # fmt: skip
        assert owners(
            "SELECT count(*) FROM access_item i JOIN organisations_authority a "
            "ON a.id = i.owner_authority_id WHERE a.code <> ''"
        ) == [(0,)]
    own_database.drop(other)


# --- pure --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def stories():
    region = country.NAMESPACE_URL
    areas = [
        country.Area(country.uuid5(region, code), code, code, region, thousands)
        for code, thousands in country.population().items()
    ]
    place = country.made(areas, courses=300, seed=3)
    return [story.told(place, number, seed=3, today=TODAY) for number in range(300)]


def test_facts_are_such_as_the_house_would_have_noted(stories):
    programme = loading.library().programmes[0]
    for one in stories:
        people = [engine.Person(p.subject, p.born, frozenset({p.role})) for p in one.people]
        for fact in happenings.happenings(one):
            attributes = {**fact.attributes, **({"reason": "r"} if fact.remark else {})}
            ready_to_note(
                fact.kind, fact.on, attributes, by_role=fact.by, programme=programme, people=people,
                opened_on=one.opened, today=TODAY, now=clock.now(),
            ).or_refuse()  # fmt: skip


def test_proportions_are_those_of_a_country(stories):
    facts = [len(happenings.happenings(one)) for one in stories]
    assert 30 <= sum(facts) / len(facts) <= 55
    assert all(2 <= len(one.people) <= 5 for one in stories)
    assert min(one.opened for one in stories) >= TODAY - timedelta(days=story.MOST_DAYS)
    copenhagen = sum(
        one.caseworker.place.authority == stories[0].caseworker.place.authority for one in stories
    )
    assert copenhagen < len(stories) / 2


def test_numbers_belong_to_nobody_and_to_one_person_each():
    seen = set()
    for number in (*range(3000), *range(5000, 8000), *range(story.MOST_COURSES - 300, story.MOST_COURSES)):
        for place in range(story.MOST_PEOPLE):
            born, digits = story._birthday(number, place, 2010)
            read = civil_number.read(digits)
            assert read is not None
            assert read.is_made_up
            assert read.born == born
            seen.add(digits)
    assert len(seen) == 6300 * story.MOST_PEOPLE


def test_the_population_names_every_municipality_once():
    assert len(country.population()) == 98


def test_ages_are_those_of_children_and_parents(stories):
    for one in stories:
        assert all(child.born < one.opened for child in one.children)
        oldest = min(child.born for child in one.children)
        assert all(oldest.year - parent.born.year >= 16 for parent in one.parents)
        assert all(one.opened - child.born < timedelta(days=19 * 366) for child in one.children)


def test_more_courses_than_numbers_are_refused():
    with pytest.raises(Refused):
        actions._ready(story.MOST_COURSES + 1, "owner")

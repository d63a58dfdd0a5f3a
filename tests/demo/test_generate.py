"""The generated country: the same seed, the same rows; lawful; seen by whom it concerns."""

import collections
import hashlib
import itertools
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
from samspil.collaboration.families.rules.names import stored_keys
from samspil.collaboration.plans import queries as plans
from samspil.collaboration.programmes import engine, loading
from samspil.collaboration.programmes.actions import load_programmes
from samspil.doors.cli import rebuild_due
from samspil.doors.demo.colleagues import PASSWORD
from samspil.doors.demo.generate import (
    actions,
    cast,
    country,
    happenings,
    marks,
    names,
    story,
    workers,
    writing,
)
from samspil.doors.demo.generate import loading as tables
from samspil.doors.demo.generate.actions import Done, generate
from samspil.doors.demo.generate.rows import TABLES, Rows, listed
from samspil.foundation.access import sight, wall
from samspil.foundation.access.models import Item
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.organisations.actions import load_authorities
from tests import database as own_database
from tests.database import Database

VIA = loading.library().programme("via-family", "2.0-draft")
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


def test_what_facts_point_to_is_there(made: Done):
    """Red on a twin that leaves out the writer of one kind of fact."""
    for attribute, kinds, table, column in (
        ("goal", ["goal.set", "goal.rated"], "plans_goal", "thread"),
        ("plan", ["plan.agreed", "plan.revised"], "plans_plan", "item_id"),
        ("agreement", ["agreement.made", "agreement.kept"], "plans_agreement", "item_id"),
        ("meeting", ["meeting.planned", "meeting.held"], "meetings_meeting", "item_id"),
        ("meeting", ["minutes.shared"], "meetings_minutes", "meeting_id"),
        ("meeting", ["child_view.recorded"], "journal_childview", "meeting"),
    ):
        assert owners(
            f"SELECT count(*) > 0, bool_and((attributes->>'{attribute}')::uuid IN (SELECT {column} "
            f"FROM {table})) FROM courses_fact WHERE kind = ANY(%s)",
            kinds,
        ) == [(True, True)]


def test_a_plan_is_seen_with_its_goals_by_both_sectors(made: Done):
    for role in (story.MUNICIPALITY, story.REGION):
        with acting(busiest(role)) as actor:
            spaces = [course.space_id for course in courses.visible_courses(actor)]
            found = [space for space in spaces if plans.current_plan(actor, space)]
            assert found
            assert all(plans.goals_standing(actor, space) for space in found)


def test_what_a_killed_run_has_put_off_is_put_back_by_the_next(made: Done):
    """Red on a twin that forgets what it has taken away."""
    other = own_database.copy(f"samspil_killed_{own_database.os.getpid()}")
    with own_database.pointing_at(other):
        load_base()
        tables.put_off("owner")
        assert owners(_COUNTED, "f") != _template(_COUNTED, "f")
        generate(courses=2, seed=1, today=TODAY, processes=1)
        assert owners(_COUNTED, "f") == _template(_COUNTED, "f")
        assert owners(_INDEXED) == _template(_INDEXED)
    own_database.drop(other)


def test_a_process_that_fails_stops_the_others(made: Done, monkeypatch):
    other = own_database.copy(f"samspil_failing_{own_database.os.getpid()}")
    monkeypatch.setattr(workers.Loader, "check_facts", _fails)
    with own_database.pointing_at(other):
        load_base()
        with pytest.raises(workers.Stopped):
            generate(courses=4, seed=1, today=TODAY, processes=2)
        assert owners("SELECT count(*) FROM access_item") == [(0,)]
        assert owners(_COUNTED, "f") == _template(_COUNTED, "f")
    own_database.drop(other)


def _fails(self: object) -> None:
    raise SystemExit(1)


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


SHAPES = 300


@pytest.fixture(scope="module")
def stories():
    return [story.told(shape, SHAPES, seed=3, today=TODAY) for shape in range(SHAPES)]


@pytest.fixture(scope="module")
def place():
    region = country.NAMESPACE_URL
    areas = [
        country.Area(country.uuid5(region, code), code, code, region, thousands)
        for code, thousands in country.population().items()
    ]
    return country.made(areas, courses=300, seed=3)


def test_facts_are_such_as_the_house_would_have_noted(stories):
    for one in stories:
        people = [engine.Person(p.subject, p.born, frozenset({p.role})) for p in one.people]
        for fact in happenings.happenings(one):
            attributes = {**fact.attributes, **({"reason": "r"} if fact.remark else {})}
            ready_to_note(
                fact.kind, fact.on, attributes, by_role=fact.by, programme=VIA, people=people,
                opened_on=one.opened, today=TODAY, now=clock.now(),
            ).or_refuse()  # fmt: skip


def test_proportions_are_those_of_a_country(stories):
    facts = [len(happenings.happenings(one)) for one in stories]
    assert 30 <= sum(facts) / len(facts) <= 55
    assert all(2 <= len(one.people) <= 5 for one in stories)
    assert min(one.opened for one in stories) >= TODAY - timedelta(days=story.MOST_DAYS)
    assert all(one.opened <= other.opened for one, other in itertools.pairwise(stories))
    young = sum(one.opened > TODAY - timedelta(days=story.MOST_DAYS // 2) for one in stories)
    assert 0.6 <= young / len(stories) <= 0.65


def test_courses_of_one_shape_lie_all_over_the_country(stories, place):
    """And share nothing that a person is known by."""
    values = [cast.cast(stories[0], place, 0, course, course, 3) for course in range(200)]
    caseworker, name, cpr = (
        {one[marks.SLOTS[what]] for one in values}
        for what in ("caseworker.account", "person 0.name", "person 0.hash")
    )
    keys = {key for one in values for key in one[len(marks.WHO) :]}
    assert len(caseworker) > 20
    assert len(name) > 190
    assert len(cpr) == 200
    assert len(keys) == 200 * (stories[0].keys.made - len(marks.WHO))


def test_every_course_has_one_shape(place):
    for wanted in (1, 2, 63, 64, 65, 1000, 20_000, story.MOST_COURSES):
        order = writing.Order(
            place,
            VIA,
            country.NAMESPACE_URL,
            1,
            TODAY,
            wanted,
        )
        numbers = [order.numbers(shape) for shape in range(order.shapes)]
        assert [one.start for one in numbers[1:]] == [one.stop for one in numbers[:-1]]
        assert (numbers[0].start, numbers[-1].stop) == (0, wanted)
        assert max(map(len, numbers)) <= story.MOST_ALIKE


def test_a_mark_is_filled_in_wherever_it_stands():
    """Red on a twin that leaves two owners in the order of their marks."""
    keys, rows = marks.MarkedKeys(), Rows()
    key, units = keys.new(), [marks.mark_of(f"{who}.unit") for who in ("clinician", "caseworker")]
    rows.add("access_item_subject", key, listed(units))
    rows.add("families_searchkey", key, "a", "u", key, marks.mark_of("person 0.search_keys"))
    values = [b"?"] * len(marks.WHO) + [b"<key>"]
    values[marks.SLOTS["both.units"]] = b"{m,r}"
    values[marks.SLOTS["person 0.search_keys"]] = b"one\ntwo"
    blocks = collections.defaultdict(list)

    assert marks.Shape(rows, keys).fill(values, blocks) == 3
    assert blocks == {
        "access_item_subject": [b"<key>\t{m,r}\n"],
        "families_searchkey": [b"<key>\ta\tu\t<key>\tone\n<key>\ta\tu\t<key>\ttwo\n"],
    }


def test_a_name_is_found_by_what_its_words_are_found_by():
    for name in ("Sørine Kildekrog", "Åse Æblevig", "Bo Bo"):
        first, family = name.split()
        found = {key.decode() for key in cast._search_keys(first) | cast._search_keys(family)}
        assert found == stored_keys(name)


def test_numbers_belong_to_nobody_and_to_one_person_each():
    seen, last = set(), story.MOST_SHAPES - 1
    for shape in (*range(80), *range(330, 400), last):
        for person in range(story.MOST_PEOPLE):
            born = story.birthday(shape, person, 2010)
            for course in (0, 1, story.MOST_ALIKE - 1):
                digits = story.civil_number(shape, person, born, course)
                read = civil_number.read(digits)
                assert read is not None
                assert read.is_made_up
                assert read.born == born
                seen.add(digits)
    assert len(seen) == 151 * story.MOST_PEOPLE * 3


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

"""What the measured requests ask for: colleagues with real sessions, their courses, people and names."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connections, transaction

from bench.engine import mixed
from samspil.collaboration.courses import due
from samspil.collaboration.courses.rules import Owner
from samspil.collaboration.families.rules.names import words
from samspil.doors.demo.generate.country import Colleague, Place
from samspil.doors.demo.generate.facts import json_text
from samspil.doors.demo.generate.items import item
from samspil.doors.demo.generate.loading import Loader
from samspil.doors.demo.generate.rows import Keys, Rows, at_noon
from samspil.foundation.access import sight, wall
from samspil.foundation.access.collector import collecting
from samspil.foundation.accounts.models import Account
from samspil.foundation.accounts.sessions import SessionStore
from samspil.foundation.audit import log
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.organisations.models import Unit

COLLEAGUES = 24
LARGE, LARGE_COURSES = 2000, 10


@dataclass(frozen=True, slots=True)
class Desk:
    """A colleague at work: who it is, the cookies of a real log-in, and what the pages are asked about."""

    actor: Actor
    secret: str
    cookies: str
    spaces: tuple[UUID, ...]
    people: tuple[UUID, ...]
    names: tuple[str, ...]
    children: tuple[tuple[UUID, UUID], ...]
    """Each course with somebody in focus, to write notes about."""


def asked(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Rows, as the owner of the tables sees them."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def desks(role: str = "municipal_coordinator") -> list[Desk]:
    """Colleagues with about twenty courses each: the same load at every size."""
    posts = asked(
        "SELECT p.membership_id, s.account_id, m.unit_id, m.authority_id, m.role, array_agg(p.space_id) "
        "FROM courses_participant p JOIN organisations_membership m ON m.id = p.membership_id "
        "JOIN organisations_staff s ON s.id = m.staff_id WHERE p.role = %s GROUP BY 1, 2, 3, 4, 5 "
        "ORDER BY abs(count(*) - 20), 1 LIMIT %s",
        role,
        COLLEAGUES,
    )
    return [_desk(*row) for row in posts]


def _desk(post: UUID, account: UUID, unit: UUID, authority: UUID, role: str, spaces: list[UUID]) -> Desk:
    actor = Actor(account, post, unit, authority, RoleKey(role))
    kept = asked(
        "SELECT subject_id, name FROM families_personrecord r JOIN access_item i ON i.id = r.item_id "
        "WHERE i.owner_unit_id = %s ORDER BY 1 LIMIT 60",
        unit,
    )
    children = asked(
        "SELECT DISTINCT ON (p.space_id) p.space_id, p.subject_id FROM courses_courseperson p "
        "WHERE p.space_id = ANY(%s) AND p.is_in_focus AND NOT EXISTS ("
        "SELECT FROM courses_fact f WHERE f.space_id = p.space_id AND f.kind = 'course.closed')",
        spaces,
    )
    secret = wall.open_session(account, post, reason="bench")
    return Desk(
        actor,
        secret,
        f"{settings.SESSION_COOKIE_NAME}={_session(account)}; wall={secret}",
        tuple(spaces),
        tuple(subject for subject, _name in kept),
        tuple(max(words(str(name)), key=len)[:5] for _subject, name in kept),
        tuple((space, subject) for space, subject in children),
    )


def _session(account: UUID) -> str:
    found, session = Account.objects.using("owner").get(pk=account), SessionStore()
    session[SESSION_KEY] = str(found.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = found.get_session_auth_hash()
    session["account_authentication_methods"] = [{"method": "password", "at": clock.now().timestamp()}]
    session.save()
    return str(session.session_key)


@contextmanager
def at_the_desk(desk: Desk, act: str) -> Iterator[Actor]:
    """What a request does round an act: one transaction, the wall, what was shown, and the log."""
    collector = log.Collector(route="", act=act, kind=log.Kind.CHANGE)
    with (
        collecting() as notes,
        log.collecting(collector),
        transaction.atomic(),
        wall.entering(desk.secret) as actor,
    ):
        assert actor is not None  # noqa: S101  for the type
        collector.actor = actor
        yield actor
        sight.report(notes)
        log.flush(collector)


def with_facts(desks: list[Desk], fewest: int, most: int, count: int) -> list[tuple[Desk, UUID]]:
    """Courses of these colleagues with so many facts, that have not ended."""
    found = [
        (desk, UUID(str(space)))
        for desk in desks
        for (space,) in asked(
            "SELECT space_id FROM courses_fact WHERE space_id = ANY(%s) GROUP BY 1 "
            "HAVING count(*) BETWEEN %s AND %s AND bool_and(kind <> 'course.closed') ORDER BY 1",
            list(desk.spaces),
            fewest,
            most,
        )
    ]
    return found[:count]


def grown(desks: list[Desk]) -> list[tuple[Desk, UUID]]:
    """The same courses with two thousand facts more, of forty kinds."""
    chosen = with_facts(desks, 15, 60, LARGE_COURSES)
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for number, (desk, space) in enumerate(chosen):
            Loader(cursor).copy(_many_facts(desk, space, number).blocks())
    for desk, space in chosen:
        with at_the_desk(desk, "bench"):
            due.rebuild(space, today=clock.today())
    return chosen


def _many_facts(desk: Desk, space: UUID, number: int) -> Rows:
    rows, keys = Rows(), Keys(Random(number), 10_000_000 + number)
    unit, authority = desk.actor.unit_id, desk.actor.authority_id
    if unit is None or authority is None or desk.actor.role_key is None:
        raise ValueError("only somebody who acts for a unit")
    place = Place(str(unit), str(authority), "", Unit.Kind.OTHER, Owner(unit, authority))
    author = Colleague(str(desk.actor.account_id), "", "", place, desk.actor.role_key, "", "", "")
    [(focus,)] = asked(
        "SELECT array_agg(subject_id::text) FROM courses_courseperson WHERE space_id = %s AND is_in_focus",
        space,
    )
    first = clock.today() - timedelta(days=400)
    categories = dict(asked("SELECT kind, category FROM courses_fact_kind"))
    for fact in mixed(first, LARGE).facts:
        on = min(fact.day, clock.today())
        made = item(
            rows, keys, "fact", int(str(categories[fact.kind])), author, focus, at_noon(on), str(space)
        )
        rows.add(
            "courses_fact", made, str(space), fact.kind, on.isoformat(), None, at_noon(on), "",
            json_text(dict(fact.attributes)), None,
        )  # fmt: skip
    return rows

"""Facts and people as values: read, checked against the vocabulary, corrected, ordered."""

import hashlib
import json
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from operator import attrgetter

from samspil.collaboration.programmes import vocabulary
from samspil.foundation.kernel.clock import COPENHAGEN, day_of
from samspil.foundation.kernel.definitions import nearest

WITHDRAWN = "fact.withdrawn"
OPENED = "course.opened"
CLOSED = "course.closed"
EXCUSED = "step.excused"
TRACK = "track.chosen"
AGREED_FOR = "takes_place_on"
"""The attribute that names the day something is agreed for."""
Facts = Mapping[str, list["Fact"]]
"""The facts in force, by kind, each list in order."""
_NOBODY: frozenset[str] = frozenset()
_by_order = attrgetter("order")
_by_day = attrgetter("day")


class BadFact(ValueError):  # noqa: N818 - named after what it says
    """A fact or a person that cannot be; the message names which and why."""


@dataclass(slots=True)
class Fact:
    """Something that happened. `day` is the Danish day of it; `instant` is set where the kind has a time.
    Make facts with `fact`: `counts_from` is what clocks count from (when it was, or the day it was agreed
    for, where it lies ahead) and `people` are the ids it names.

    `noted_at` is None where nobody noted when: it then counts as known from its day. Nobody changes a fact;
    the class is not frozen, because making a frozen one costs three times as much.
    """

    id: str
    kind: str
    day: date
    attributes: Mapping[str, object]
    by_role: str | None
    noted_at: datetime | None
    corrects: str | None
    instant: datetime | None
    order: tuple[date, int, float, str]
    people: frozenset[str]
    counts_from: date | datetime

    @property
    def moment(self) -> datetime:
        """The instant of it; the first of its day where only the day is known."""
        return self.instant or start_of(self.day)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone the course is about, with the roles of the programme."""

    id: str
    born: date | None
    roles: frozenset[str]


def fact(
    kind: str,
    on: date | datetime,
    *,
    id: str,  # noqa: A002 - the word of the file format
    attributes: Mapping[str, object] | None = None,
    by_role: str | None = None,
    noted_at: datetime | None = None,
    corrects: str | None = None,
) -> Fact:
    """Make a fact of values that are known to be right (from the database); `read_facts` checks."""
    known = vocabulary.KINDS[kind]
    instant, day, stamp, people, counts_from = None, on, 0.0, _NOBODY, on
    if isinstance(on, datetime):
        instant, day, stamp = on, day_of(on), on.timestamp()
    if attributes:
        people = _people(known, attributes) if known.people_attributes else people
        counts_from = _agreed_for(attributes.get(AGREED_FOR)) or on
    order = (day, known.rank, stamp, id)
    return Fact(
        id, kind, day, attributes or {}, by_role, noted_at, corrects, instant, order, people, counts_from
    )


def _agreed_for(value: object) -> date | None:
    return value if value is None or isinstance(value, date) else date.fromisoformat(str(value))


def in_force(
    facts: Iterable[Fact], on: date, known_by: date | datetime | None = None
) -> dict[str, list[Fact]]:
    """The facts up to and including the day `on`, as known by `known_by` (None: all), ordered, by kind.

    Order is (day, rank of the kind, instant, id), so the order of the input never matters. A fact that
    another, known one corrects is void; which of two corrections holds does not depend on their order.
    """
    known = list(facts)
    if known_by is not None:
        end = _end(known_by)
        known = [one for one in known if _known_at(one) <= end]
    void = {one.corrects for one in known if one.corrects is not None}
    if void:
        known = [one for one in known if one.id not in void]
    known.sort(key=_by_order)
    if known and known[-1].day > on:
        del known[bisect_right(known, on, key=_by_day) :]
    found: defaultdict[str, list[Fact]] = defaultdict(list)
    for one in known:
        found[one.kind].append(one)
    found.default_factory = None
    return found


def read_people(rows: object, roles: Iterable[str]) -> tuple[Person, ...]:
    """People of a file: `[{"id", "born", "roles"}]`. Raises BadFact with the number of the row."""
    people: list[Person] = []
    for index, row in enumerate(_rows(rows, "people")):
        place = f"people[{index}]"
        _only(row, {"id", "born", "roles"}, place)
        born = row.get("born")
        day = _day(born, f"{place}.born") if born is not None else None
        named = row.get("roles", [])
        if not isinstance(named, list):
            raise BadFact(f"{place}.roles must be a list")
        for role in named:
            _known_role(role, roles, f"{place}.roles")
        people.append(Person(_text(row.get("id"), f"{place}.id"), day, frozenset(named)))
    for person, count in Counter(person.id for person in people).items():
        if count > 1:
            raise BadFact(f"people: {person!r} stands {count} times")
    return tuple(people)


def read_facts(rows: object, people: Sequence[Person], roles: Iterable[str]) -> tuple[Fact, ...]:
    """Facts of a file, checked against the vocabulary.

    A fact without an id gets one made of its content, so that the order of the file never matters.
    Raises BadFact that names the fact, the attribute and the nearest known word.
    """
    ids = {person.id for person in people}
    made: Counter[str] = Counter()
    found = [
        _read(row, f"facts[{index}]", ids, roles, made) for index, row in enumerate(_rows(rows, "facts"))
    ]
    for one, count in Counter(one.id for one in found).items():
        if count > 1:
            raise BadFact(f"facts: the id {one!r} stands {count} times")
    _check_corrections({one.id: one for one in found})
    return tuple(found)


def start_of(day: date) -> datetime:
    """The first instant of a Danish day."""
    return datetime.combine(day, time(), COPENHAGEN)


def _people(kind: vocabulary.Kind, attributes: Mapping[str, object]) -> frozenset[str]:
    """The ids of the people a fact names."""
    found: frozenset[str] = _NOBODY
    for name in kind.people_attributes:
        value = attributes.get(name)
        if isinstance(value, str):
            found |= {value}
        elif isinstance(value, list | tuple):
            found = found.union(value)
    return found


def _known_at(one: Fact) -> datetime:
    return one.noted_at or one.moment


def _end(known_by: date | datetime) -> datetime:
    return known_by if isinstance(known_by, datetime) else datetime.combine(known_by, time.max, COPENHAGEN)


def _read(
    row: Mapping[str, object], place: str, ids: set[str], roles: Iterable[str], made: Counter[str]
) -> Fact:
    _only(row, {"kind", "on", "by_role", "attributes", "id", "noted_at", "corrects"}, place)
    try:
        kind = vocabulary.kind(_text(row.get("kind"), f"{place}.kind"))
        attributes = row.get("attributes", {})
        if not isinstance(attributes, dict):
            raise BadFact(f"{place}.attributes must be an object")
        for name, value in attributes.items():
            problem = kind.attribute(name).problem(value)
            if problem:
                raise BadFact(f"{place} ({kind.name}): {name} {problem}")
            _check_people(kind, name, value, ids, place)
    except vocabulary.UnknownWord as error:
        raise BadFact(f"{place}: {error}") from error
    by_role = row.get("by_role")
    if by_role is not None:
        _known_role(by_role, roles, f"{place}.by_role")
    on: date | datetime = (
        _instant(row.get("on"), f"{place}.on") if kind.is_instant else _day(row.get("on"), f"{place}.on")
    )
    noted = row.get("noted_at")
    given = row.get("id")
    corrects = row.get("corrects")
    return fact(
        kind.name,
        on,
        id=_text(given, f"{place}.id") if given is not None else _made_id(row, made),
        attributes=attributes,
        by_role=None if by_role is None else str(by_role),
        noted_at=_instant(noted, f"{place}.noted_at") if noted is not None else None,
        corrects=_text(corrects, f"{place}.corrects") if corrects is not None else None,
    )


def _made_id(row: Mapping[str, object], made: Counter[str]) -> str:
    content = json.dumps(row, sort_keys=True, ensure_ascii=False, default=str)
    digest = hashlib.sha256(content.encode()).hexdigest()[:12]
    made[digest] += 1
    return f"{digest}-{made[digest]}"


def _check_people(kind: vocabulary.Kind, name: str, value: object, ids: set[str], place: str) -> None:
    if name not in kind.people_attributes:
        return
    for person in [value] if isinstance(value, str) else value if isinstance(value, list) else []:
        if ids and person not in ids:
            raise BadFact(f"{place} ({kind.name}): {name} names {person!r}, who is not among the people")


def _check_corrections(facts: Mapping[str, Fact]) -> None:
    for one in facts.values():
        if one.corrects is None:
            if one.kind == WITHDRAWN:
                raise BadFact(f"fact {one.id!r}: {WITHDRAWN} must say what it `corrects`")
            continue
        target = facts.get(one.corrects)
        if target is None:
            raise BadFact(
                f"fact {one.id!r} corrects {one.corrects!r}, which is not there{nearest(one.corrects, facts)}"
            )
        if one.kind not in (target.kind, WITHDRAWN):
            raise BadFact(
                f"fact {one.id!r} corrects a {target.kind}: it must be a {target.kind} or {WITHDRAWN}"
            )
        seen = {one.id}
        while target is not None and target.corrects is not None:
            if target.id in seen:
                raise BadFact(f"fact {one.id!r} corrects itself in a circle")
            seen.add(target.id)
            target = facts.get(target.corrects)
        if target is not None and target.id in seen:
            raise BadFact(f"fact {one.id!r} corrects itself in a circle")


def _rows(rows: object, name: str) -> list[dict[str, object]]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadFact(f"{name} must be a list of objects")
    return rows


def _only(row: Mapping[str, object], allowed: set[str], place: str) -> None:
    for name in row:
        if name not in allowed:
            raise BadFact(f"{place}: unknown field {name!r}{nearest(name, allowed)}")


def _known_role(role: object, roles: Iterable[str], place: str) -> None:
    if not isinstance(role, str) or role not in roles:
        raise BadFact(f"{place}: there is no role {role!r}{nearest(str(role), roles)}")


def _text(value: object, place: str) -> str:
    if not isinstance(value, str) or not value:
        raise BadFact(f"{place} must be a text")
    return value


def _day(value: object, place: str) -> date:
    try:
        if isinstance(value, str) and len(value) == len("2026-01-31"):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise BadFact(f"{place}: {value!r} is not a date that exists (YYYY-MM-DD)")


def _instant(value: object, place: str) -> datetime:
    try:
        if isinstance(value, str) and "T" in value:
            instant = datetime.fromisoformat(value)
            if instant.tzinfo is not None:
                return instant
    except ValueError:
        pass
    raise BadFact(f"{place}: {value!r} is not an instant with offset (2026-01-31T14:30:00+01:00)")

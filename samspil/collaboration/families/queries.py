"""Questions about people and families. Each takes the actor first and shows only what that actor may see."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from samspil.collaboration.families.models import (
    CivilNumber,
    PersonRecord,
    Tie,
    TieKind,
    Whereabouts,
)
from samspil.collaboration.families.rules import civil_number as numbers
from samspil.collaboration.families.rules import names
from samspil.collaboration.families.rules import ties as ties_rules
from samspil.collaboration.families.rules.people import Particulars
from samspil.collaboration.families.rules.ties import Bond, Someone, in_force
from samspil.foundation.access import actions as access
from samspil.foundation.access import sight
from samspil.foundation.access.collector import note
from samspil.foundation.access.kept import kept
from samspil.foundation.audit import log
from samspil.foundation.kernel import ciphers
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.clock import NEVER
from samspil.foundation.kernel.sharing import RelationKind

CPR = "civil number"
MOST_CANDIDATES = 120
"""Of a word alone, so many of each way to meet it are asked for …"""
MOST_HITS = 50
"""… and so many, the nearest, are loaded and shown."""
FEW = 3
"""With fewer hits than this, slips of the finger are looked for, too …"""
MANY = 50
"""… but not in words that met as many people as this: those are names, not slips."""


def person_records(actor: Actor) -> "QuerySet[PersonRecord]":
    """The records in force that the actor sees."""
    return sight.visible(PersonRecord.objects.filter(is_current=True))


def earlier_records(actor: Actor, subject: UUID) -> list[PersonRecord]:
    """What stood about a person before, newest first. One query."""
    return _earlier(subject)


@kept
def _earlier(subject: UUID) -> "QuerySet[PersonRecord]":
    return sight.visible(PersonRecord.objects.filter(subject=subject, is_current=False)).order_by("-pk")


@kept
def record_of(subject: UUID) -> "QuerySet[PersonRecord]":
    """The record in force of one person, or nothing. One query."""
    return sight.visible(PersonRecord.objects.filter(is_current=True, subject=subject))


@kept
def records_of(subjects: Collection[UUID]) -> "QuerySet[PersonRecord]":
    """The records in force of these people, without their items. One query."""
    rows = PersonRecord.objects.filter(is_current=True, subject__in=subjects)
    return sight.visible(rows).select_related(None)


@kept
def ties_to(people: Collection[UUID], kinds: tuple[TieKind, ...], most: int) -> "QuerySet[Tie]":
    """Ties of some kinds that others have to these people, without their items. One query."""
    rows = sight.visible(Tie.objects.filter(to__in=people, kind__in=kinds)).select_related(None)
    return rows.exclude(person__in=people).order_by("pk")[:most]


def tie_rows(actor: Actor) -> "QuerySet[Tie]":
    """The ties that the actor sees."""
    return sight.visible(Tie.objects.all())


def places(actor: Actor) -> "QuerySet[Whereabouts]":
    """Whereabouts to end or correct, one at a time. Pages read places through `protected_location`."""
    return sight.visible(Whereabouts.objects.all())


def bond_of(tie: Tie) -> Bond:
    """A tie as the rules reckon with it."""
    return Bond(tie.person_id, TieKind(tie.kind), tie.to_id, tie.starts, tie.ends)


def someone(record: PersonRecord) -> Someone:
    """A person as the rules reckon with one."""
    return Someone(record.subject_id, record.born, record.is_unborn)


@dataclass(frozen=True, slots=True)
class Family:
    """People around one person, and the ties between them."""

    middle: UUID
    people: tuple[PersonRecord, ...]
    ties: tuple[Tie, ...]

    def record(self, subject: UUID) -> PersonRecord | None:
        return next((record for record in self.people if record.subject_id == subject), None)

    def ties_on(self, day: date) -> list[Tie]:
        born = {record.subject_id: record.born for record in self.people}
        return [tie for tie in self.ties if in_force(bond_of(tie), day, to_born=born.get(tie.to_id))]


def family_of(actor: Actor, subject: UUID) -> Family:
    """Everyone within two ties of a person, as far as the actor sees. Three queries, however large.

    With whom a protected person lives is not even read: see `household_of`.
    """
    own = _own_ties(subject)
    near = _ends(own, {subject})
    ties = [*own, *(_further_ties(near - {subject}, subject) if own else [])]
    return _family(actor, subject, sorted(ties, key=lambda tie: tie.pk), near)


@kept
def _own_ties(subject: UUID) -> "QuerySet[Tie]":
    return _open_ties().filter(Q(person=subject) | Q(to=subject))


@kept
def _further_ties(near: Collection[UUID], subject: UUID) -> "QuerySet[Tie]":
    """The ties of those near somebody, but for the ties to that one, which are known already."""
    rows = _open_ties().filter(Q(person__in=near) | Q(to__in=near))
    return rows.exclude(person=subject).exclude(to=subject)


MOST_KEPT = 60
KIN = frozenset(TieKind) - {TieKind.LIVES_WITH, TieKind.NETWORK}
"""Ties that make a family on an overview: where somebody lives is not read for it."""


@dataclass(frozen=True, slots=True)
class KeptPerson:
    """Somebody of a kept family, as an overview names them."""

    pk: UUID
    subject_id: UUID
    name: str
    born: date | None
    is_unborn: bool
    is_protected: bool


@dataclass(frozen=True, slots=True)
class KeptFamily:
    """People who hang together by ties, and who of them stands in the middle."""

    middle: UUID
    people: tuple[KeptPerson, ...]


_KEPT = (
    "WITH kept AS MATERIALIZED (SELECT item_id, subject_id, name, born, is_unborn, is_protected "  # noqa: S608
    "FROM families_personrecord WHERE is_current AND subject_id IN (SELECT l.subject_id "
    f"FROM access_ledger l WHERE l.holder = %s AND l.kind = '{RelationKind.OWN_RECORD.value}' "
    f"AND l.subject_id IS NOT NULL ORDER BY l.id DESC LIMIT {MOST_KEPT})) "
    "SELECT item_id, subject_id, name, born, is_unborn, is_protected, "
    "(SELECT array_agg(ARRAY[t.item_id, t.to_id]) FROM families_tie t "
    f"WHERE t.person_id = kept.subject_id AND t.kind IN {tuple(kind.value for kind in sorted(KIN))} "
    "AND t.to_id = ANY(ARRAY(SELECT k.subject_id FROM kept k))) FROM kept ORDER BY subject_id DESC"
)
"""The newest records that a unit keeps; beside each its ties to the others: the item, and to whom."""


def kept_families(actor: Actor) -> list[KeptFamily]:
    """The families whose records the actor's unit keeps, those written down last first. One query.

    Of many, the newest: an overview is no register.
    """
    if actor.unit_id is None:
        return []
    people: dict[UUID, KeptPerson] = {}
    bound: list[tuple[UUID, UUID]] = []
    for *row, ties in sight.read(_KEPT, [actor.unit_id]):
        person = KeptPerson(*row)
        people[person.subject_id] = person
        for item, to in ties or ():
            note(item)
            bound.append((person.subject_id, to))
    return [_circle([people[one] for one in circle]) for circle in ties_rules.circles(people, bound)]


def is_full(kept: Iterable[KeptFamily]) -> bool:
    """Does the unit keep more families than are read at once?"""
    return sum(len(family.people) for family in kept) >= MOST_KEPT


def _circle(people: Sequence[KeptPerson]) -> KeptFamily:
    """The youngest stands in the middle; the unborn before all."""
    youngest_last = sorted(people, key=lambda record: (record.is_unborn, record.born or date.min, record.pk))
    return KeptFamily(middle=youngest_last[-1].subject_id, people=tuple(youngest_last))


def household_of(actor: Actor, subject: UUID) -> Family:
    """With whom a person lives, also a protected one: for the page that somebody asked for. Two queries."""
    shared = Q(person=subject) | Q(to=subject)
    ties = [] if actor.is_citizen else list(tie_rows(actor).filter(shared, kind=TieKind.LIVES_WITH))
    return _family(actor, subject, ties, {subject})


def _family(actor: Actor, subject: UUID, ties: Sequence[Tie], near: set[UUID]) -> Family:
    people = _people(_ends(ties, near))
    seen = {record.subject_id for record in people}
    kept = [tie for tie in ties if tie.person_id in seen and tie.to_id in seen]
    return Family(middle=subject, people=tuple(people), ties=tuple(kept))


@kept
def _people(subjects: Collection[UUID]) -> "QuerySet[PersonRecord]":
    rows = sight.visible(PersonRecord.objects.filter(is_current=True, subject__in=subjects))
    return rows.order_by("born", "sort_name")


def _open_ties() -> "QuerySet[Tie]":
    """All ties but those that tell with whom a protected person lives."""
    either = Q(subject=OuterRef("person")) | Q(subject=OuterRef("to"))
    protected = PersonRecord.objects.filter(either, is_current=True, is_protected=True)
    return sight.visible(Tie.objects.all()).exclude(Q(kind=TieKind.LIVES_WITH) & Exists(protected))


def _ends(ties: Iterable[Tie], start: Collection[UUID]) -> set[UUID]:
    return {*start, *(end for tie in ties for end in (tie.person_id, tie.to_id))}


def ties_between(actor: Actor, subjects: Collection[UUID]) -> list[Tie]:
    """All ties that touch one of these people, to judge whether one more is possible. One query."""
    return list(tie_rows(actor).filter(Q(person__in=subjects) | Q(to__in=subjects)))


@dataclass(frozen=True, slots=True)
class Hit:
    """One person found: the record in force, and the former name where that is what was met."""

    record: PersonRecord
    former_name: str = ""


def search_persons(actor: Actor, text: str) -> list[Hit]:
    """People of the actor's unit whose name, now or before, meets every word; nearest first.

    The keys are asked with `=` under the wall, led by the unit: nothing outside the actor's sight is found,
    counted or timed. The words are noted in the log. Two to four queries. Of many, only those that are shown
    are loaded, and so stand in the log as seen.
    """
    subjects = _met_by_all(actor, text, names.words(text))
    if len(subjects) > MOST_HITS:
        subjects = _nearest(text, subjects)
    rows = _records_ever(subjects) if subjects else []
    current: dict[UUID, PersonRecord] = {}
    met: dict[UUID, list[PersonRecord]] = {}
    for record in rows:
        met.setdefault(record.subject_id, []).append(record)
        if record.is_current:
            current[record.subject_id] = record
    return _ranked(text, current, met)[:MOST_HITS]


@kept
def _records_ever(subjects: Collection[UUID]) -> "QuerySet[PersonRecord]":
    return sight.visible(PersonRecord.objects.filter(subject__in=subjects)).select_related(None)


def _met_by_all(actor: Actor, text: str, asked: Sequence[str]) -> list[UUID]:
    """Subjects met by each word as it sounds; where these are few, also by slips in the words met by few.

    A word alone may be half the town's: those whose whole word it is come before those who begin with it, and
    no more of either are asked for than can be ranked.
    """
    if not asked:
        return []
    if len(asked) == 1:
        [word] = asked
        met = {word: _met_by_word(actor, text, word)}
    else:
        met = _met(actor, text, {word: names.first_keys(word) for word in asked})
    if len(frozenset.intersection(*met.values())) < FEW:
        rare = {word: names.wider_keys(word) for word in asked if len(met[word]) < MANY}
        wider = _met(actor, text, rare) if rare else {}
        met = {word: subjects | wider.get(word, frozenset()) for word, subjects in met.items()}
    return sorted(frozenset.intersection(*met.values()))[: 2 * MOST_CANDIDATES]


def _met_by_word(actor: Actor, text: str, word: str) -> frozenset[UUID]:
    """At most so many of each: with the whole word, and with its beginning. One query."""
    keys = [names.whole_key(word), *sorted(names.first_keys(word))]
    values = [value for key in keys for value in (actor.unit_id, key, MOST_CANDIDATES)]
    found = _asked(text, " UNION ALL ".join([_SOME] * len(keys)), *values)
    return frozenset(subject for subject, _key in found)


def _met(actor: Actor, text: str, keys: Mapping[str, frozenset[str]]) -> dict[str, frozenset[UUID]]:
    """The subjects that have at least one key of each word. One query."""
    having: dict[str, set[UUID]] = {}
    for subject, key in _asked(text, _ALL, actor.unit_id, sorted(frozenset().union(*keys.values()))):
        having.setdefault(key, set()).add(subject)
    return {word: frozenset().union(*(having.get(key, ()) for key in of)) for word, of in keys.items()}


_KEYS = "SELECT subject_id, key FROM families_searchkey WHERE unit_id = %s"
_ALL = f"{_KEYS} AND key = ANY(%s)"
_SOME = f"({_KEYS} AND key = %s LIMIT %s)"
_NAMES = (
    "SELECT subject_id, name, sort_name, is_current FROM families_personrecord WHERE subject_id = ANY(%s)"
)


def _asked(text: str, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Single columns behind the wall; the log says by which words somebody searched."""
    log.searched(f"person: {text}")
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _nearest(text: str, subjects: Sequence[UUID]) -> list[UUID]:
    """Of many, those whose names are nearest: as `_ranked`, before anybody's record is loaded. One query."""
    now: dict[UUID, str] = {}
    near: dict[UUID, tuple[int, bool]] = {}
    for subject, name, sort_name, is_current in _asked(text, _NAMES, list(subjects)):
        if is_current:
            now[subject] = sort_name
        if (far := names.distance(text, name)) is not None:
            near[subject] = min(near.get(subject, (far, not is_current)), (far, not is_current))
    order = sorted((*far, now[subject], subject) for subject, far in near.items() if subject in now)
    return [subject for *_far, subject in order[:MOST_HITS]]


def _ranked(text: str, current: dict[UUID, PersonRecord], met: dict[UUID, list[PersonRecord]]) -> list[Hit]:
    found: list[tuple[int, bool, str, Hit]] = []
    for subject, record in current.items():
        ways = [(far, row) for row in met[subject] if (far := names.distance(text, row.name)) is not None]
        if ways:
            far, row = min(ways, key=lambda way: (way[0], not way[1].is_current))
            hit = Hit(record, "" if row.name == record.name else row.name)
            found.append((far, not row.is_current, record.sort_name, hit))
    return [hit for *_order, hit in sorted(found, key=lambda one: one[:3])]


def candidates_for_tie(actor: Actor, subject: UUID, text: str, *, chosen: str = "") -> list[tuple[UUID, str]]:
    """Whom one may want to tie to a person: the family, those found by `text`, and who was chosen already."""
    around = {record.subject_id: record.name for record in family_of(actor, subject).people}
    around |= {
        hit.record.subject_id: hit.record.name for hit in (search_persons(actor, text) if text else [])
    }
    wanted = _uuid(chosen)
    if wanted and wanted not in around:
        around |= {row.subject_id: row.name for row in person_records(actor).filter(subject=wanted)}
    return [(found, name) for found, name in around.items() if found != subject]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class LookAlikes:
    """Records that may be the person one is about to write down."""

    certain: PersonRecord | None = None
    is_elsewhere: bool = False
    perhaps: tuple[PersonRecord, ...] = ()


def look_alikes(actor: Actor, who: Particulars, civil_number: str = "") -> LookAlikes:
    """The same CPR number inside the own authority; near names born the same day in sight. Two queries."""
    if civil_number and (subject := subject_with(actor, civil_number)):
        same = person_records(actor).filter(subject=subject).first()
        return LookAlikes(certain=same, is_elsewhere=same is None)
    if who.born is None:
        return LookAlikes()
    same_day = person_records(actor).filter(authority=actor.authority_id, born=who.born)
    alike = [
        record
        for record in same_day
        if names.same_person(who.name, who.born, names.Known(record.name, record.born)) != names.SamePerson.NO
    ]
    return LookAlikes(perhaps=tuple(alike))


def subject_with(actor: Actor, civil_number: str) -> UUID | None:
    """Whose number it is inside the own authority; the log says that somebody asked. One query."""
    log.searched("person: CPR number")
    return access.find_cpr(actor=actor, hashed=cpr_hash(civil_number))


def cpr_hash(civil_number: str) -> bytes:
    """What the wall compares CPR numbers by."""
    return ciphers.keyed_hash(numbers.digits_of(civil_number), CPR)


def civil_number_of(actor: Actor, subject: UUID) -> str:
    """A person's CPR number, newest first; empty where there is none in sight. One query."""
    row = next(iter(_newest_number(subject)), None)
    number = numbers.read(ciphers.unseal(row.sealed, CPR)) if row else None
    return number.shown if number else ""


@kept
def _newest_number(subject: UUID) -> "QuerySet[CivilNumber]":
    return sight.visible(CivilNumber.objects.filter(subject=subject)).order_by("-pk")[:1]


class Showing(StrEnum):
    """Whether a place is shown."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Location:
    """Where a person is, or that it is protected, or that we do not know."""

    showing: Showing
    places: tuple[Whereabouts, ...] = ()


def protected_location(
    actor: Actor, people: Collection[PersonRecord], *, day: date, is_asked_for: bool = False
) -> dict[UUID, Location]:
    """The one way to learn where people are: address, phone, school, institution. At most one query.

    A protected person's places are not even read unless a member of staff asks for that one person, which the
    log then shows. A citizen never learns a protected person's places here, whoever has custody.
    """
    may_ask = is_asked_for and not actor.is_citizen and len(people) == 1
    readable = {record.subject_id for record in people if may_ask or not record.is_protected}
    rows = _places_of(readable) if readable else []
    found: dict[UUID, list[Whereabouts]] = {}
    for row in rows:
        if (row.starts or date.min) <= day < row.ends:
            found.setdefault(row.subject_id, []).append(row)
    return {record.subject_id: _location(record.subject_id, readable, found) for record in people}


@kept
def _places_of(subjects: Collection[UUID]) -> "QuerySet[Whereabouts]":
    return sight.visible(Whereabouts.objects.filter(subject__in=subjects)).order_by("kind", "pk")


def _location(subject: UUID, readable: Collection[UUID], found: dict[UUID, list[Whereabouts]]) -> Location:
    if subject not in readable:
        return Location(Showing.HIDDEN)
    if subject not in found:
        return Location(Showing.UNKNOWN)
    return Location(Showing.SHOWN, tuple(found[subject]))


def has_ended(row: Tie | Whereabouts) -> bool:
    """Has somebody noted an end?"""
    return row.ends != NEVER

"""Rows about the people of one course: records, numbers, keys to find them by, places and ties."""

from itertools import combinations

from samspil.collaboration.families.models import PlaceKind, TieKind, TieSource
from samspil.doors.demo.generate.country import Colleague
from samspil.doors.demo.generate.items import EVERYTHING, item, relation
from samspil.doors.demo.generate.marks import mark_of
from samspil.doors.demo.generate.rows import ALWAYS, FALSE, TRUE, Rows, at_noon
from samspil.doors.demo.generate.story import Person, Story
from samspil.foundation.kernel.sharing import Category, RelationKind

IDENTITY, WHEREABOUTS = Category.IDENTITY.value, Category.WHEREABOUTS.value


def write_people(story: Story, rows: Rows) -> None:
    """The records of both sectors; the opener knows where the family is and who is what to whom."""
    for person in story.people:
        rows.add("access_subject", person.subject, None, None)
        _write_record(story, rows, person, person.subject, story.opener)
        if story.joined:
            authority = story.other.place.authority
            rows.add("access_subject", person.other_subject, person.subject, authority)
            _write_record(story, rows, person, person.other_subject, story.other)
    _write_places(story, rows)
    _write_ties(story, rows)


def _write_record(story: Story, rows: Rows, person: Person, subject: str, keeper: Colleague) -> None:
    """As `register_person` writes it: record, keys, number, and the unit's own relation."""
    since = story.opened if keeper is story.opener else story.joined or story.opened
    written = at_noon(since)
    unit, authority = keeper.place.id, keeper.place.authority
    relation(rows, story.keys, RelationKind.OWN_RECORD, unit, EVERYTHING, keeper, since, subject=subject)
    record = item(rows, story.keys, "person", IDENTITY, keeper, [subject], written)
    rows.add(
        "families_personrecord", record, authority, subject, person.mark("name"), person.mark("sort_name"),
        person.born.isoformat(), FALSE, FALSE, TRUE, "",
    )  # fmt: skip
    rows.add("families_searchkey", record, authority, unit, subject, person.mark("search_keys"))
    number = item(rows, story.keys, "civil-number", IDENTITY, keeper, [subject], written)
    rows.add("families_civilnumber", number, authority, subject, person.mark("sealed"))
    rows.add("wall.cpr_key", authority, person.mark("hash"), subject)


def _write_places(story: Story, rows: Rows) -> None:
    for person in story.people:
        _write_place(story, rows, person, PlaceKind.ADDRESS, mark_of("street"))
        kind = PlaceKind.SCHOOL if person.is_child else PlaceKind.PHONE
        _write_place(story, rows, person, kind, person.mark("where"))


def _write_place(story: Story, rows: Rows, person: Person, kind: PlaceKind, text: str) -> None:
    keeper, written = story.opener, at_noon(story.opened, 5)
    place = item(rows, story.keys, "whereabouts", WHEREABOUTS, keeper, [person.subject], written)
    rows.add("families_whereabouts", place, keeper.place.authority, person.subject, kind.value, text, ALWAYS)


def _write_ties(story: Story, rows: Rows) -> None:
    """Parents and custody, brothers and sisters; two parents live together or no longer do."""
    for parent in story.parents:
        for child in story.children:
            _write_tie(story, rows, parent, TieKind.PARENT, child)
            _write_tie(story, rows, parent, TieKind.CUSTODY, child)
    for one, other in combinations(story.children, 2):
        _write_tie(story, rows, one, TieKind.SIBLING, other)
    if len(story.parents) > 1:
        together = story.chance.random() < 0.55
        _write_tie(story, rows, story.parents[0], TieKind.PARTNER if together else TieKind.EX_PARTNER,
                   story.parents[1])  # fmt: skip


def _write_tie(story: Story, rows: Rows, person: Person, kind: TieKind, to: Person) -> None:
    keeper, both = story.opener, [person.subject, to.subject]
    tie = item(rows, story.keys, "tie", IDENTITY, keeper, both, at_noon(story.opened, 6))
    rows.add(
        "families_tie", tie, keeper.place.authority, *both, kind.value, ALWAYS,
        TieSource.REGISTER.value, FALSE,
    )  # fmt: skip

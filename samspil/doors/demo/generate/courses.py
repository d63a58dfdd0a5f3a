"""Rows about one course itself: its space, team, people, and the bases on which the sectors share."""

import hashlib
from datetime import date, timedelta

from samspil.doors.demo.generate.country import Colleague
from samspil.doors.demo.generate.items import item, relation
from samspil.doors.demo.generate.rows import ALWAYS, FALSE, TRUE, Rows, at_noon, listed
from samspil.doors.demo.generate.story import CASEWORKER, ILL, Person, Story
from samspil.foundation.kernel.roles import ROLES, RoleKey
from samspil.foundation.kernel.sharing import Category, HolderKind, RelationKind

IDENTITY = Category.IDENTITY
SHARED = (Category.IDENTITY, Category.EVERYDAY, Category.SOCIAL)
A_YEAR = timedelta(days=365)
RENEWED_EVERY = 330
PLACES = {
    RoleKey.CLINICIAN: "vores team i regionen",
    RoleKey.CASEWORKER: "Børn og Familie i kommunen",
    RoleKey.SCHOOL_CONTACT: "barnets skole",
}


def write_course(story: Story, rows: Rows, version: str) -> None:
    """The course, its people and its team, as `open_course` and an accepted referral leave them."""
    opener, written = story.opener, at_noon(story.opened, 10)
    rows.add("access_space", story.space, opener.place.id)
    _write_team(story, rows)
    focus = [child.subject for child in story.children]
    course = item(rows, story.keys, "course", IDENTITY.value, opener, focus, written, story.space)
    rows.add("courses_course", course, story.space, version, story.opened.isoformat())
    for person in story.people:
        own = item(
            rows, story.keys, "course-person", IDENTITY.value, opener, [person.subject], written, story.space
        )
        rows.add(
            "courses_courseperson", own, story.space, person.subject, person.mark("name"),
            person.born.isoformat(), listed([person.role]), TRUE if person.is_child else FALSE,
        )  # fmt: skip


def _write_team(story: Story, rows: Rows) -> None:
    """The baton lies with the opener until the municipality's coordinator has said yes."""
    baton = CASEWORKER if story.joined else story.opener
    for colleague, role, since in story.team:
        relation(
            rows, story.keys, RelationKind.TEAM, colleague.post, str(int(ROLES[colleague.role].categories)),
            story.opener, since, holder_kind=HolderKind.MEMBERSHIP, space=story.space,
            baton="held" if colleague is baton else "",
        )  # fmt: skip
        rows.add(
            "courses_participant", story.keys.new(), story.space, role, colleague.post,
            colleague.place.id, since.isoformat(), since.isoformat(), ALWAYS,
        )  # fmt: skip


def write_bases(story: Story, rows: Rows) -> None:
    """Both ways between the sectors, person by person; the school is told the children's names."""
    if not story.joined:
        return
    for giver, receiver in ((story.opener, story.other), (story.other, story.opener)):
        for person in story.people:
            categories = (*SHARED, Category.HEALTH) if person.role == ILL else SHARED
            _write_answer(story, rows, giver, receiver, person, categories)
    if story.teacher:
        for child in story.children:
            _write_answer(story, rows, story.opener, story.teacher, child, (IDENTITY, Category.EVERYDAY))


def _write_answer(
    story: Story,
    rows: Rows,
    giver: Colleague,
    receiver: Colleague,
    person: Person,
    categories: tuple[Category, ...],
) -> None:
    """One answer, a row a category, as `register_consent` writes it; renewed before the year is out."""
    agreement = story.keys.new()
    starts = _last_renewal(story.joined or story.opened, story.today)
    ends = (starts + A_YEAR).isoformat()
    said_by = [one.subject for one in (story.parents if person.is_child else (person,))]
    for category in categories:
        written = at_noon(starts, 20)
        basis = item(rows, story.keys, "basis", category.value, giver, [person.subject], written, story.space)
        opened = relation(
            rows, story.keys, RelationKind.CONSENT, receiver.place.id, str(category.value), giver, starts,
            space=story.space, subject=person.subject, ends=ends, purpose="coordination", source=basis,
        )  # fmt: skip
        wording, hashed = _wording(giver, receiver, category, ends)
        rows.add(
            "sharing_basis", basis, agreement, giver.place.authority, giver.place.id,
            person.subject, str(category.value), receiver.place.id, "coordination", "meeting", "yes",
            starts.isoformat(), ends, listed(said_by), starts.isoformat(), wording, hashed,
            *[""] * 5, opened, "given", "", "",
        )  # fmt: skip


def _last_renewal(since: date, today: date) -> date:
    return since + timedelta(days=RENEWED_EVERY * ((today - since).days // RENEWED_EVERY))


def _wording(giver: Colleague, receiver: Colleague, category: Category, ends: str) -> tuple[str, str]:
    text = (
        f"Opdigtet: Jeg siger ja til, at {PLACES[giver.role]} deler oplysninger om {category.label} med "
        f"{PLACES[receiver.role]}, til og med dagen før {ends}."
    )
    return text, hashlib.sha256(text.encode()).hexdigest()

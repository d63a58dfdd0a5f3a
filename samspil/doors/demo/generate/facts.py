"""Rows about what has happened in one course, and what is due after it, by the pure engine."""

import json
from collections.abc import Iterable, Sequence
from uuid import UUID

from samspil.collaboration.courses.due import projected, reach
from samspil.collaboration.courses.rules import Frame, Noted, subjects_of
from samspil.collaboration.programmes import engine, vocabulary
from samspil.collaboration.programmes.engine.facts import fact
from samspil.collaboration.programmes.language import Programme
from samspil.doors.demo.generate.country import Colleague
from samspil.doors.demo.generate.happenings import Attributes, Happening
from samspil.doors.demo.generate.items import item
from samspil.doors.demo.generate.rows import Rows, at_noon, instant, listed, text
from samspil.doors.demo.generate.story import CASEWORKER, CLINICIAN, REGION, Story
from samspil.foundation.kernel.sharing import Category


def write_facts(story: Story, rows: Rows, happened: Sequence[Happening]) -> list[Noted]:
    """Every fact an item of whoever noted it. Answers them as the engine takes them."""
    people = {person.subject for person in story.people}
    focus = frozenset(child.subject for child in story.children)
    found = []
    for minute, one in enumerate(happened):
        author = author_of(one)
        subjects = frozenset(subjects_of(one.kind, one.attributes, people)) or focus
        found.append(_write_fact(story, rows, one, author, subjects, minute))
    return found


def noted_at(one: Happening, minute: int) -> str:
    """When a fact was noted: later ones of a day later."""
    return at_noon(one.on, 30 + minute % 300)


def author_of(one: Happening) -> Colleague:
    """Who noted it: each sector speaks with one voice here."""
    return CLINICIAN if one.by == REGION else CASEWORKER


def _write_fact(
    story: Story, rows: Rows, one: Happening, author: Colleague, subjects: frozenset[str], minute: int
) -> Noted:
    category = vocabulary.KINDS[one.kind].category
    written = noted_at(one, minute)
    remark = _write_remark(story, rows, one, author, subjects, category, written) if one.remark else None
    attributes = {**one.attributes, "reason": remark} if remark else one.attributes
    made = item(rows, story.keys, "fact", category.value, author, tuple(subjects), written, story.space)
    rows.add(
        "courses_fact", made, story.space, one.kind, one.on.isoformat(), None, written, one.by,
        json_text(attributes), remark,
    )  # fmt: skip
    noted = fact(
        one.kind,
        one.on,
        id=made,
        attributes=_clocked(one.kind, attributes),
        by_role=one.by,
        noted_at=instant(written),
    )
    return Noted(noted, author.place.owner, subjects)


def _write_remark(
    story: Story,
    rows: Rows,
    one: Happening,
    author: Colleague,
    subjects: frozenset[str],
    category: Category,
    written: str,
) -> str:
    made = item(rows, story.keys, "remark", category.value, author, tuple(subjects), written, story.space)
    rows.add("courses_remark", made, story.space, text(one.remark))
    return made


def _clocked(kind: str, attributes: Attributes) -> Attributes:
    """What the wall shows the engine."""
    known = vocabulary.KINDS[kind].attributes
    return {name: value for name, value in attributes.items() if known[name].clock}


def write_due(story: Story, rows: Rows, noted: Iterable[Noted], programme: Programme, version: UUID) -> None:
    """What is due up to the end of this month and a year of rhythms beyond, as `rebuild-due` has it."""
    frame = _frame(story, version)
    through = reach(story.today)
    for row in projected(programme, frame, list(noted), through):
        rows.add(
            "courses_dueitem", story.keys.new(), story.space, row["step"], str(row["n"]), row["person"],
            row["responsible"], row["outcome"], row["opens_on"], row["due_on"], row["closes_on"],
            row["lapses_on"], row["done_on"], text(row["detail"]), str(row["categories"]),
            listed(row["subjects"]), listed(row["owner_units"]), listed(row["owner_authorities"]),
        )  # fmt: skip
    rows.add("courses_projection", story.space, through.isoformat())


def _frame(story: Story, version: UUID) -> Frame:
    owner = story.opener.place.owner
    return Frame(
        space=UUID(story.space),
        version=version,
        through=None,
        opened_on=story.opened,
        owner=owner,
        people=tuple(
            engine.Person(person.subject, person.born, frozenset({person.role})) for person in story.people
        ),
        owners={person.subject: owner for person in story.people},
        in_focus=frozenset(child.subject for child in story.children),
    )


def json_text(value: object) -> str:
    """A value as COPY takes JSON."""
    return text(json.dumps(value, ensure_ascii=False, separators=(",", ":")))

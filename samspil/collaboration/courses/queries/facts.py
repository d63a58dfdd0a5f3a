"""What may be noted in a course, with which answers; and what was noted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from samspil.collaboration.courses.models import CoursePerson, Fact
from samspil.collaboration.courses.queries.course import TimelineRow, facts_of
from samspil.collaboration.courses.queries.head import CourseHead
from samspil.collaboration.programmes import asking, engine, vocabulary
from samspil.collaboration.programmes.asking import FactField
from samspil.collaboration.programmes.engine.compiling import compiled
from samspil.collaboration.programmes.engine.facts import fact as engine_fact
from samspil.collaboration.programmes.language import Programme, Role
from samspil.collaboration.programmes.language.programme import Tool
from samspil.foundation.access import queries as access
from samspil.foundation.access import sight
from samspil.foundation.access.models import Item
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.ids import new_id
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.sharing import Category

OF_OTHER_PAGES = (
    "referral.", "course.", "meeting.", "minutes.", "plan.", "goal.", "agreement.", "effort.", "tool.",
    "measure.", "note.", "handover.", "coordinator.", "contact_person.", "consent.", "disclosure.", "step.",
    "fact.", "eligibility.", "contact.", "child_view.", "family_copy.", "breach.", "follow_up.",
    "contact_session.", "checklist.", "child_plan.",
)  # fmt: skip
"""What comes about on a page of its own, where more is written than the fact."""
NOTABLE = tuple(name for name in vocabulary.KINDS if not name.startswith(OF_OTHER_PAGES))
"""The kinds that the one general form notes."""
FROM_OUTSIDE = "contact_person.accepted"
"""A colleague says yes on the page of the team; the yes of somebody the family has chosen is noted here."""
NOT_ASKED = ("person", "sector")
"""What is not asked of somebody the family has chosen."""
ON_PAPER = "tool.completed"
"""A tool with a form of its own is filled in there; of one that is on paper it is noted here."""
WITH_A_FORM: set[str] = set()
"""The tools that a page of their own completes; `acts.add` hears of it when the floors above start."""
SPOKEN = ("reason",)
"""Attributes whose words are kept beside the fact."""
BEGIN = {
    "admission": "stay",
    "report.received": "report",
    "access.requested": "request",
    "complaint.received": "complaint",
    "change.requested": "request",
}
"""Kinds that begin something which later facts are about, and the attribute that names it."""
FOLLOW = {
    "discharge": "admission",
    "report.assessed": "report.received",
    "report.receipted": "report.received",
    "access.answered": "access.requested",
    "change.answered": "change.requested",
}


def held(actor: Actor, space: UUID) -> Category:
    """The topics in which the actor may write in a space. Three queries at most."""
    in_team = access.held_in_team(actor, space)
    return in_team or access.asker().led_mask


def notable_kinds(actor: Actor, head: CourseHead) -> tuple[list[str], list[str]]:
    """The kinds the model asks for, and the others, that the actor may note."""
    mask = held(actor, head.space)
    kinds = [name for name in NOTABLE if any(one & mask for one in vocabulary.KINDS[name].topics)]
    if not head.programme.all_tracks:
        kinds = [name for name in kinds if name != "track.chosen"]
    if chosen_by_family(head.programme) and vocabulary.KINDS[FROM_OUTSIDE].category & mask:
        kinds.append(FROM_OUTSIDE)
    if on_paper(head.programme) and vocabulary.KINDS[ON_PAPER].category & mask:
        kinds.append(ON_PAPER)
    asked = _kinds_of(head.programme)
    return [name for name in kinds if name in asked], [name for name in kinds if name not in asked]


def correctable(actor: Actor, rows: Iterable[TimelineRow]) -> set[UUID]:
    """Those of the rows that the actor may correct with the general form: of the own unit. One query."""
    if not actor.holds(Permission.FACT_CORRECT):
        return set()
    asked = [row.fact for row in rows if _is_of_general_form(row) and not row.is_corrected]
    own = sight.visible(Item.objects.filter(pk__in=asked, owner_unit=actor.unit_id))
    return {item.pk for item in own}


def _is_of_general_form(row: TimelineRow) -> bool:
    return row.kind in NOTABLE or (row.kind == ON_PAPER and "document" not in row.attributes)


def on_paper(programme: Programme) -> list[Tool]:
    """The tools that steps ask for and that no page of their own completes: they are filled in on paper."""
    asked = asking.values_asked(programme, ON_PAPER).get("tool", ())
    return [tool for tool in programme.tools if tool.key in asked and tool.key not in WITH_A_FORM]


def chosen_by_family(programme: Programme) -> list[Role]:
    """The roles that somebody from outside fills, by the family's own choice."""
    return [role for role in programme.roles if role.sector == "civil"]


def kind_of_step(programme: Programme, step: str) -> str:
    """The kind by which the general form shows a step done; empty where it does not."""
    rule = compiled(programme).by_key.get(step)
    paper = {tool.key for tool in on_paper(programme)}
    fitting = (
        match.kind
        for match in (rule.matches if rule else ())
        if match.kind in NOTABLE or (match.kind == ON_PAPER and dict(match.where).get("tool") in paper)
    )
    return next(fitting, "")


def asked_by_step(programme: Programme, step: str, kind: str) -> Mapping[str, object]:
    """The attributes with which a fact of a kind shows a step done."""
    rule = compiled(programme).by_key.get(step)
    found = [match for match in rule.matches if match.kind == kind] if rule else []
    return dict(found[0].where) if found else {}


def fact_fields(
    programme: Programme,
    kind: str,
    people: Sequence[CoursePerson],
    said: Mapping[str, object] | None = None,
) -> list[FactField]:
    """The questions of a kind about the people of a course."""
    everybody = tuple((str(one.subject_id), one.name) for one in people)
    found = asking.fact_fields(programme, kind, everybody, said)
    if kind == ON_PAPER:
        return _of_paper(programme, found)
    return _of_family_choice(programme, found) if kind == FROM_OUTSIDE else found


def _of_family_choice(programme: Programme, fields: Sequence[FactField]) -> list[FactField]:
    """The yes of somebody the family has chosen: in which of their roles, and no more."""
    roles = tuple((role.key, role.title.da) for role in chosen_by_family(programme))
    return [
        replace(one, options=roles if one.name == "role" else one.options, is_needed=True)
        for one in fields
        if one.name not in NOT_ASKED
    ]


def _of_paper(programme: Programme, fields: Sequence[FactField]) -> list[FactField]:
    """Which tool, whom it is about, and how much is filled in where the model looks at that."""
    of_paper = {"people", *asking.names_used(programme).get(ON_PAPER, set()) & {"filled"}}
    tools = tuple((tool.key, tool.title.said(current_language())) for tool in on_paper(programme))
    which = FactField("tool", vocabulary.Type.TEXT, tools, is_needed=True)
    return [which, *(one for one in fields if one.name in of_paper)]


def _kinds_of(programme: Programme) -> set[str]:
    ready = compiled(programme)
    return {kind for rule in ready.rules for kind in rule.kinds} | _kinds_of_target(programme)


def _kinds_of_target(programme: Programme) -> set[str]:
    nodes = programme.target_group.criteria.criteria()
    return {node.recent.fact for node in nodes if node.recent is not None}


# --- what was noted ------------------------------------------------------------------------------------


def fact_in(actor: Actor, space: UUID, fact: UUID) -> Fact | None:
    """One fact of a course that the actor sees and that nothing has corrected. Two queries."""
    found = facts_of(actor, space).filter(pk=fact).first()
    if found is None or facts_of(actor, space).filter(corrects=fact).first() is not None:
        return None
    return found


def open_things(actor: Actor, space: UUID, kind: str, person: str = "") -> list[Fact]:
    """The facts that a fact of this kind would be about, and that nothing has ended; the oldest first.

    One query at most. What was noted before such facts had an id is none of these.
    """
    if kind not in FOLLOW:
        return []
    first, name = FOLLOW[kind], BEGIN[FOLLOW[kind]]
    found: dict[str, Fact | None] = {}
    for one in facts_of(actor, space).filter(kind__in=(first, kind), corrected_by=None):
        if one.attributes.get("person", "") == person and one.attributes.get(name):
            found[str(one.attributes[name])] = one if one.kind == first else None
    return [one for one in found.values() if one is not None]


def is_chosen(kind: str) -> bool:
    """Is it asked which one a fact is about, where several are open? Else it is the last of the person."""
    return kind in FOLLOW and "person" not in vocabulary.KINDS[kind].attributes


def thing_of(actor: Actor, space: UUID, kind: str, person: str, chosen: str = "") -> dict[str, str]:
    """The object that ties a fact to others: new where it begins one, else the one chosen or the last open.

    Empty where the kind knows of none. One query at most.
    """
    if kind in BEGIN:
        return {BEGIN[kind]: str(new_id())}
    if kind not in FOLLOW:
        return {}
    name = BEGIN[FOLLOW[kind]]
    known = [str(one.attributes[name]) for one in open_things(actor, space, kind, person)]
    return {name: chosen if chosen in known else known[-1]} if known else {}


def eligibility(
    actor: Actor, head: CourseHead, answers: Mapping[str, str], today: date
) -> engine.Eligibility:
    """Is the family in the target group, by what the actor sees and these answers? One query."""
    people = [_person(one) for one in head.people]
    return engine.eligibility(
        head.programme, people, _as_engine(facts_of(actor, head.space)), today, answers=dict(answers)
    )


def _person(one: CoursePerson) -> engine.Person:
    return engine.Person(str(one.subject_id), one.born, frozenset(one.roles))


def _as_engine(rows: Iterable[Fact]) -> list[engine.Fact]:
    return [
        engine_fact(
            row.kind,
            row.at or row.on_day,
            id=str(row.pk),
            attributes=row.attributes,
            by_role=row.by_role or None,
            noted_at=row.noted_at,
            corrects=str(row.corrects_id) if row.corrects_id else None,
        )
        for row in rows
    ]

"""Deeds that are noted as facts, corrected or excused."""

from samspil.collaboration.courses import actions as courses
from samspil.collaboration.courses import queries as course_queries
from samspil.collaboration.journal import actions as journal
from samspil.collaboration.journal.models import Heard, ShowAnswer
from samspil.collaboration.programmes import vocabulary
from samspil.doors.demo.simulate.playing.stage import WORDS, Stage
from samspil.doors.demo.simulate.telling import Deed, at_noon
from samspil.foundation.kernel.actor import Actor

PAPER = b"%PDF-1.7 opdigtet"


def note(stage: Stage, deed: Deed, actor: Actor) -> None:
    """The fact itself, with its people and things."""
    is_instant = vocabulary.KINDS[deed.kind].is_instant
    role = deed.by if deed.by in stage.asked.roles else ""
    made = courses.note_fact(
        actor=actor,
        space=stage.space,
        kind=deed.kind,
        on=at_noon(deed.on) if is_instant else deed.on,
        today=deed.day,
        attributes=_said(stage, deed),
        by_role=role,
        reason=deed.reason,
    )
    stage.facts[deed.key] = made.pk


def _said(stage: Stage, deed: Deed) -> dict[str, object]:
    """The attributes with ids for names and labels."""
    known = vocabulary.KINDS[deed.kind].attributes
    said: dict[str, object] = {}
    for name, value in deed.attributes.items():
        match known[name].type:
            case vocabulary.Type.PERSON:
                said[name] = str(stage.who(str(value)) if value in stage.records else value)
            case vocabulary.Type.PEOPLE if isinstance(value, list | tuple):
                said[name] = [str(stage.who(str(one))) for one in value]
            case vocabulary.Type.THING:
                said[name] = str(stage.thing(str(value)))
            case _:
                said[name] = value
    return said


def correct(stage: Stage, deed: Deed, actor: Actor) -> None:
    """What was noted wrongly is corrected, with the reason. Only the unit that noted it can."""
    row = course_queries.facts_of(actor, stage.space).filter(pk=stage.facts.get(deed.corrects)).first()
    if row is not None:
        made = courses.correct_fact(actor=actor, fact=row, reason=deed.reason, on=deed.on, today=deed.day)
        stage.facts[deed.key] = made.pk


def excuse(stage: Stage, deed: Deed, actor: Actor) -> None:
    """A step is left out with its reason."""
    said, person = deed.attributes, deed.attributes.get("person")
    n = said.get("n")
    courses.excuse_step(
        actor=actor,
        space=stage.space,
        step=str(said["step"]),
        reason=deed.reason,
        on=deed.on,
        today=deed.day,
        n=n if isinstance(n, int) else None,
        person=stage.who(str(person)) if person else None,
    )


def hear_child(stage: Stage, deed: Deed, actor: Actor) -> None:
    """What a child says, in the child's own words."""
    person = deed.attributes.get("person")
    journal.record_child_view(
        actor=actor,
        space=stage.space,
        person=stage.who(str(person)) if person else stage.children[0],
        words=deed.words.get("view", WORDS["view"]),
        how=Heard.TALK,
        own_words=True,
        on=deed.on,
        today=deed.day,
        answer=ShowAnswer.YES,
        asked_on=deed.on,
    )


def nothing(_stage: Stage, _deed: Deed, _actor: Actor) -> None:
    """It comes about with another deed."""

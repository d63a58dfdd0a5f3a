"""Deeds by which the baton is accepted, asked for and taken over."""

from datetime import timedelta

from samspil.collaboration.courses import actions as courses
from samspil.collaboration.courses import queries as course_queries
from samspil.collaboration.courses.models import Handover
from samspil.doors.demo.courses.telling import post
from samspil.doors.demo.simulate.playing.facts import note
from samspil.doors.demo.simulate.playing.stage import Stage
from samspil.doors.demo.simulate.telling import Deed
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused


def accept(stage: Stage, deed: Deed, actor: Actor) -> None:
    """A colleague says yes to the own role; where that was said already, or is nobody's here, it is noted."""
    part = course_queries.own_waiting_part(actor, stage.space, deed.day)
    if part is None or part.role != deed.attributes.get("role"):
        note(stage, deed, actor)
        return
    courses.accept_role(actor=actor, participant=part, today=deed.day)
    if deed.kind == "coordinator.accepted":
        stage.holder = stage.cast[part.role]


def ask_to_take_over(stage: Stage, deed: Deed, actor: Actor) -> None:
    """Somebody is let in to take the coordination over, and asked."""
    if not stage.understudies:
        raise Refused("Nobody is there to take over.")
    next_ = stage.understudies[0]
    courses.name_participant(
        actor=actor,
        space=stage.space,
        role=stage.asked.programme.baton.passes_to,
        membership=post(next_),
        categories=None,
        succeeds=True,
        today=deed.day,
    )
    courses.request_handover(
        actor=actor,
        space=stage.space,
        to=post(next_),
        kind=Handover.Kind.STAFF,
        why=deed.words.get("why", "Koordinatoren får andet arbejde."),
        matters=deed.words.get("matters", ""),
        overlap_until=deed.day + timedelta(days=14),
        today=deed.day,
    )
    stage.is_asked = True


def answer_handover(stage: Stage, deed: Deed, actor: Actor) -> None:
    """The one who is asked says yes, or no with a reason."""
    row = course_queries.open_handover(actor, stage.space) if stage.is_asked else None
    if row is None:
        raise Refused("Nobody is asked.")
    stage.is_asked = False
    if deed.kind == "handover.declined":
        courses.decline_handover(actor=actor, handover=row, reason="Jeg har for meget nu.", today=deed.day)
        return
    courses.accept_handover(actor=actor, handover=row, today=deed.day)
    stage.holder = stage.understudies.pop(0)

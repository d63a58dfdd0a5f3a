"""Deeds of meetings: called, and held with minutes."""

from datetime import date, datetime, time

from samspil.collaboration.meetings import actions as meetings
from samspil.collaboration.meetings import queries as meeting_queries
from samspil.collaboration.meetings.actions.arranging import Call
from samspil.collaboration.meetings.models import Presence
from samspil.collaboration.meetings.rules import Guest, kinds_of
from samspil.doors.demo.courses.telling import post
from samspil.doors.demo.simulate.playing.facts import note
from samspil.doors.demo.simulate.playing.stage import NETWORK, WORDS, Stage
from samspil.doors.demo.simulate.telling import Deed
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor


def call_meeting(stage: Stage, deed: Deed, actor: Actor) -> None:
    """A meeting is called for its day; a kind that the model does not hold is noted."""
    kind = str(deed.attributes.get("kind", "other"))
    if kind not in kinds_of(stage.asked.programme):
        note(stage, deed, actor)
        return
    day = date.fromisoformat(str(deed.attributes["takes_place_on"]))
    call = Call(
        kind,
        deed.words.get("purpose", WORDS["purpose"]),
        datetime.combine(day, time(14, 30), clock.COPENHAGEN),
        60,
        frozenset(stage.children),
    )
    made = meetings.plan_meeting(
        actor=actor,
        space=stage.space,
        call=call,
        guests=_guests(stage, deed),
        today=deed.day,
        now=clock.now(),
    )
    stage.meetings[str(deed.attributes["meeting"])] = stage.things[str(deed.attributes["meeting"])] = made.pk


def _guests(stage: Stage, deed: Deed) -> list[Guest]:
    invited = {stage.colleague(deed.by), stage.coordinator()}
    invited |= {stage.cast[role] for role in deed.words.get("with", "").split() if role in stage.cast}
    posts = sorted((post(one) for one in invited), key=str)
    family = [Guest(person=record.subject_id) for record in stage.records.values()]
    return [*family, *(Guest(post=one) for one in posts), Guest(name=deed.words.get("network", NETWORK))]


def hold_meeting(stage: Stage, deed: Deed, actor: Actor) -> None:
    """A meeting that was called is held; those came whom the fact names."""
    key = stage.meetings.get(str(deed.attributes.get("meeting")))
    whole = meeting_queries.whole_meeting(actor, stage.space, key) if key else None
    if key is None or whole is None:
        note(stage, deed, actor)
        return
    children, said = set(stage.children), deed.attributes
    here = {
        guest.pk: Presence.HERE
        for guest in whole.row.guests
        if (said.get("child_present", True) or guest.guest.person not in children)
        and (said.get("network_present", False) or not guest.guest.name)
    }
    away = {guest.pk: Presence.ABSENT for guest in whole.row.guests if guest.pk not in here}
    meetings.close_meeting(
        actor=actor,
        space=stage.space,
        meeting=key,
        held_on=deed.on,
        presence={**here, **away},
        today=deed.day,
    )
    if minutes := deed.words.get("minutes"):
        meetings.share_minutes(
            actor=actor, space=stage.space, meeting=key, text=minutes, today=deed.day, now=clock.now()
        )

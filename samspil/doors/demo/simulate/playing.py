"""A told course lived through: each deed by a colleague, on its day, through the action a page would call."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from samspil.collaboration.courses import actions as courses
from samspil.collaboration.courses import queries as course_queries
from samspil.collaboration.courses.models import ClosingReason, Handover
from samspil.collaboration.courses.rules import Left
from samspil.collaboration.families.models import PersonRecord
from samspil.collaboration.journal import actions as journal
from samspil.collaboration.journal.models import Heard, ShowAnswer
from samspil.collaboration.meetings import actions as meetings
from samspil.collaboration.meetings import queries as meeting_queries
from samspil.collaboration.meetings.actions.arranging import Call
from samspil.collaboration.meetings.models import Presence
from samspil.collaboration.meetings.rules import Guest, kinds_of
from samspil.collaboration.plans import actions as plans
from samspil.collaboration.plans import queries as plan_queries
from samspil.collaboration.plans.models import Agreement, Effort, EffortStep, Goal
from samspil.collaboration.plans.rules import Doer, EffortText, GoalText, Happening, Voice
from samspil.collaboration.programmes import vocabulary
from samspil.doors.demo.colleagues import Colleague
from samspil.doors.demo.courses.telling import by, post
from samspil.doors.demo.simulate.asked import Asked
from samspil.doors.demo.simulate.telling import Deed, at_noon
from samspil.doors.workplace import papers
from samspil.foundation.desk.versions import version_of
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import NotAllowed
from samspil.foundation.kernel.ids import new_id

PAPER = b"%PDF-1.7 opdigtet"
_KIND = EffortStep.Kind
STEPS = {
    "effort.requested": _KIND.REQUESTED,
    "effort.decided": _KIND.DECIDED,
    "effort.started": _KIND.STARTED,
    "effort.changed": _KIND.CHANGED,
    "effort.ended": _KIND.ENDED,
    "follow_up.held": _KIND.FOLLOWED_UP,
    "child_plan.ready": _KIND.PLAN_READY,
}
REASONS = {"reached": ClosingReason.REACHED, "family-stops": ClosingReason.FAMILY_WISHES}
LADDER = ("Slet ikke endnu", "En gang imellem", "For det meste", "Næsten altid", "Uden at tænke over det")
NETWORK = "Mormor"
WORDS = {
    "goal": "Jeg vil gerne have mere ro om aftenen.",
    "purpose": "Vi ser på, hvordan det går, og hvad vi gør nu.",
    "view": "Det er godt, når nogen siger det til mig først.",
    "what": "Støtte i hjemmet om tirsdagen",
    "why": "I får hjælp til hverdagen.",
    "why_child": "En voksen kommer hjem til jer.",
    "provider": "Familiehuset",
    "agreement": "Ringer til skolen og siger, hvad vi har aftalt",
    "reason": "Det passer bedre til familien nu.",
    "left": "Ring til kommunen, hvis det bliver svært igen.",
}
"""What is said where a story has no words of its own."""


@dataclass(slots=True)
class Stage:
    """A course that stands: who plays which role, whom it is about, and what the labels of things mean."""

    asked: Asked
    space: UUID
    opened: date
    cast: dict[str, Colleague]
    records: dict[str, PersonRecord]
    in_focus: tuple[str, ...]
    understudies: list[Colleague] = field(default_factory=list)
    """Colleagues who can take the coordination over."""
    things: dict[str, UUID] = field(default_factory=dict)
    facts: dict[str, UUID] = field(default_factory=dict)
    goals: list[Goal] = field(default_factory=list)
    efforts: dict[str, Effort] = field(default_factory=dict)
    agreements: dict[str, Agreement] = field(default_factory=dict)
    meetings: dict[str, UUID] = field(default_factory=dict)
    holder: Colleague | None = None
    is_asked: bool = False
    """Does somebody wait to be answered who wants to hand the coordination over?"""
    refused: list[str] = field(default_factory=list)

    @property
    def children(self) -> list[UUID]:
        return [self.who(name) for name in self.in_focus]

    def who(self, name: str) -> UUID:
        """Somebody of the family, by the first name."""
        return self.records[name].subject_id

    def thing(self, label: str) -> UUID:
        """What a label in a story stands for."""
        return self.things.setdefault(label, new_id())

    def coordinator(self) -> Colleague:
        """The colleague who holds the baton."""
        return self.holder or self.cast[self.asked.programme.baton.starts]

    def colleague(self, role: str) -> Colleague:
        """Who plays a role; the coordinator where nobody does."""
        if self.holder is not None and role == self.asked.programme.baton.passes_to:
            return self.holder
        return self.cast.get(role, self.coordinator())


Act = Callable[[Stage, Deed, Actor], None]


def play(stage: Stage, deed: Deed) -> None:
    """Carry one deed out. What a richer action refuses is noted as a plain fact; what that refuses, is left.

    The wall lets nobody take over in the past: an old handover stands as the facts it left.
    """
    tried = [(ACTS["corrected"] if deed.corrects else ACTS.get(deed.kind, note), _doer(stage, deed))]
    if not deed.corrects and deed.kind not in ALONE and tried[0][0] is not note:
        tried.append((note, _noter(stage, deed)))
    why = ""
    for act, colleague in tried:
        try:
            with by(colleague, deed.day) as actor:
                act(stage, deed, actor)
            return
        except (Refused, NotAllowed) as refused:
            why = why or f"{deed.kind}: {refused}"
    stage.refused.append(why)


def _doer(stage: Stage, deed: Deed) -> Colleague:
    """Who carries it out: the role that noted it, and the coordinator what only the coordinator may."""
    if deed.kind in BY_COORDINATOR:
        return stage.coordinator()
    if deed.kind in ("handover.accepted", "handover.declined") and stage.is_asked:
        return stage.understudies[0]
    return _noter(stage, deed)


def _noter(stage: Stage, deed: Deed) -> Colleague:
    return stage.colleague(deed.by)


# --- plain facts ---------------------------------------------------------------------------------------


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


# --- who takes part ------------------------------------------------------------------------------------


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


# --- meetings, and what children say -------------------------------------------------------------------


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


# --- the plan and what each does -----------------------------------------------------------------------


def agree_plan(stage: Stage, deed: Deed, actor: Actor) -> None:
    """A goal is written and agreed with everybody: the first plan, or the plan anew."""
    text = _goal(stage, deed)
    goal = plans.write_goal(
        actor=actor,
        space=stage.space,
        subjects=[text.said_by] if text.said_by else stage.children,
        text=text,
        today=deed.day,
    )
    voices = [Voice(record.subject_id, "agreed") for record in stage.records.values()]
    seen = version_of(*plan_queries.goals_standing(actor, stage.space))
    if plan_queries.current_plan(actor, stage.space) is None:
        plans.agree_plan(
            actor=actor, space=stage.space, agreed_on=deed.on, voices=voices, seen=seen, today=deed.day
        )
    else:
        plans.revise_plan(
            actor=actor,
            space=stage.space,
            agreed_on=deed.on,
            voices=voices,
            reason=deed.words.get("reason", WORDS["reason"]),
            seen=seen,
            today=deed.day,
        )
    stage.goals.append(goal)


def _goal(stage: Stage, deed: Deed) -> GoalText:
    name = deed.words.get("whose", stage.in_focus[0])
    return GoalText(
        words=deed.words.get("goal", WORDS["goal"]),
        own_words=True,
        said_by=stage.who(name),
        said_on=max(stage.opened, deed.on - timedelta(days=7)),
        steps=tuple(deed.words["ladder"].split(" | ")) if "ladder" in deed.words else LADDER,
        start=-1,
        lead_sector=deed.words.get("lead", "municipality"),
        owner_post=post(stage.coordinator()),
        due_on=deed.on + timedelta(days=180),
    )


def rate_goal(stage: Stage, deed: Deed, actor: Actor) -> None:
    """Where the one whose goal it is stands now."""
    if not stage.goals:
        raise Refused("There is no goal yet.")
    level = deed.attributes.get("level")
    plans.rate_goal(
        actor=actor,
        goal=stage.goals[0],
        level=level if isinstance(level, int) and abs(level) <= 2 else 0,
        on=deed.on,
        today=deed.day,
        by_person=stage.goals[0].said_by_id,
        words=deed.words.get("words", ""),
    )


def agree(stage: Stage, deed: Deed, actor: Actor) -> None:
    """Somebody does something by a day."""
    doer = _does(stage, str(deed.attributes.get("role", deed.by)))
    stage.agreements[deed.key] = plans.make_agreement(
        actor=actor,
        space=stage.space,
        subjects=stage.children,
        what=deed.words.get("what", WORDS["agreement"]),
        doer=doer,
        due_on=date.fromisoformat(str(deed.attributes.get("due_on", deed.on + timedelta(days=21)))),
        made_on=deed.on,
        today=deed.day,
    )


def _does(stage: Stage, role: str) -> Doer:
    """A role of the family does it itself; another does it by the colleague who fills it."""
    if role in {one.key for one in stage.asked.programme.roles if one.sector == "family"}:
        return Doer(person=stage.children[0])
    return Doer(post=post(stage.colleague(role)))


def go_on_with_effort(stage: Stage, deed: Deed, actor: Actor) -> None:
    """An effort is asked for, decided, begun, changed, followed up or ended."""
    said = deed.attributes
    label, step = str(said.get("effort", "")), _step(deed)
    if label in stage.efforts:
        plans.note_step(actor=actor, effort=stage.efforts[label], step=step, today=deed.day)
        return
    if step.kind not in (_KIND.REQUESTED, _KIND.DECIDED, _KIND.STARTED):
        raise Refused("There is no such effort.")
    text = EffortText(
        type=str(said.get("type", "family-guidance")),
        what=deed.words.get("what", WORDS["what"]),
        sector=str(said.get("sector", "municipality")),
        provider=deed.words.get("provider", WORDS["provider"]),
        purpose=deed.words.get("why", WORDS["why"]),
        purpose_child=deed.words.get("why_child", WORDS["why_child"]),
    )
    made = plans.write_effort(
        actor=actor, space=stage.space, subjects=stage.children, text=text, first=step, today=deed.day
    )
    stage.efforts[label] = made
    stage.things[label] = made.thread


def _step(deed: Deed) -> Happening:
    end = deed.attributes.get("planned_end")
    return Happening(
        STEPS[deed.kind],
        deed.on,
        reason=deed.words.get("reason", WORDS["reason"]),
        planned_end=date.fromisoformat(str(end)) if end else None,
        with_plan=deed.attributes.get("plan") is True,
        rhythm=EffortStep.Rhythm.QUARTERLY if deed.kind == "follow_up.held" else "",
    )


# --- the end -------------------------------------------------------------------------------------------


def review_consents(stage: Stage, deed: Deed, actor: Actor) -> None:
    """It is written what remains, and each consent is kept until its own end."""
    course = course_queries.visible_courses(actor).get(space=stage.space)
    words = deed.words.get("left", WORDS["left"])
    things = papers.open_things(actor, stage.space, deed.day)
    left = [Left(words), *(Left(words, one.item, one.title) for one in things)]
    courses.write_remainders(actor=actor, space=stage.space, left=left)
    running = course_queries.ending_of(actor, course, deed.day).running
    answers = {one.pk: "" for one in running}
    courses.review_consents(actor=actor, space=stage.space, answers=answers, today=deed.day)


def give_copies(stage: Stage, deed: Deed, actor: Actor) -> None:
    """Each in the family who reads a copy of their own has it."""
    for reader in course_queries.readers_of(actor, stage.space, deed.day):
        copy = courses.keep_family_copy(
            actor=actor,
            space=stage.space,
            reader=reader.subject,
            content=PAPER,
            name="kopi.pdf",
            today=deed.day,
        )
        courses.give_family_copy(actor=actor, copy=copy, on=deed.day, today=deed.day)


def close(stage: Stage, deed: Deed, actor: Actor) -> None:
    """The course is closed with what was looked at."""
    course = course_queries.visible_courses(actor).get(space=stage.space)
    ending = course_queries.ending_of(actor, course, deed.day)
    courses.close_course(
        actor=actor,
        course=course,
        closed_on=deed.on,
        reason=REASONS.get(str(deed.attributes.get("reason")), ClosingReason.OTHER),
        retention_class=str(deed.attributes.get("retention", "family-case")),
        review=ending.review,
        family_copies=list(ending.copies.values()),
        open_things=papers.open_things(actor, stage.space, deed.day),
        today=deed.day,
    )


def nothing(_stage: Stage, _deed: Deed, _actor: Actor) -> None:
    """It comes about with another deed."""


ACTS: Mapping[str, Act] = {
    "corrected": correct,
    "course.opened": nothing,
    "step.excused": excuse,
    "coordinator.accepted": accept,
    "contact_person.accepted": accept,
    "handover.requested": ask_to_take_over,
    "handover.accepted": answer_handover,
    "handover.declined": answer_handover,
    "meeting.planned": call_meeting,
    "meeting.held": hold_meeting,
    "child_view.recorded": hear_child,
    "plan.agreed": agree_plan,
    "plan.revised": agree_plan,
    "goal.set": agree_plan,
    "goal.rated": rate_goal,
    "agreement.made": agree,
    **dict.fromkeys(STEPS, go_on_with_effort),
    "consent.reviewed": review_consents,
    "family_copy.given": give_copies,
    "course.closed": close,
}
"""What a deed of each kind is carried out by; every other is noted as the fact it is."""
BY_COORDINATOR = frozenset(
    {
        "step.excused", "handover.requested", "plan.agreed", "plan.revised", "goal.set", "consent.reviewed",
        "family_copy.given", "course.closed",
    }
)  # fmt: skip
ALONE = frozenset({"course.opened", "step.excused", "consent.reviewed", "family_copy.given", "course.closed"})
"""What only comes about by its own act."""

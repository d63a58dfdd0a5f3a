"""How a course is told: who acts, on which day, about whom; in one transaction, through the wall."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from samspil.collaboration.courses import actions as courses
from samspil.collaboration.courses import queries as course_queries
from samspil.collaboration.courses.models import Course
from samspil.collaboration.courses.rules import Newcomer
from samspil.collaboration.families import queries as families
from samspil.collaboration.families.models import PersonRecord
from samspil.collaboration.journal import actions as journal
from samspil.collaboration.journal.models import Document
from samspil.collaboration.meetings import actions as meetings
from samspil.collaboration.meetings import queries as meeting_queries
from samspil.collaboration.meetings.actions.arranging import Call
from samspil.collaboration.meetings.actions.arranging import Place as MeetingPlace
from samspil.collaboration.meetings.models import Presence, ReplyAnswer
from samspil.collaboration.meetings.rules import Guest, PointText
from samspil.collaboration.plans import actions as plans
from samspil.collaboration.plans import queries as plan_queries
from samspil.collaboration.plans.models import Goal
from samspil.collaboration.plans.rules import Doer, GoalText, Voice
from samspil.collaboration.programmes.models import ProgrammeVersion
from samspil.collaboration.sharing import actions as sharing
from samspil.collaboration.sharing import queries as sharing_queries
from samspil.collaboration.sharing.models import Answer, Way
from samspil.collaboration.sharing.rules import Consent, Receiver, Scope
from samspil.doors.demo.actions import REASON, actor_of
from samspil.doors.demo.colleagues import COLLEAGUES, Colleague, Place
from samspil.doors.demo.stories import Story
from samspil.foundation.access import wall
from samspil.foundation.desk.versions import version_of
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.sharing import Category, HolderKind, Purpose

ASKED_AGAIN = timedelta(days=90)
AN_ANSWER_HOLDS = timedelta(days=360)
AFTERNOON = time(15, 0)
EVERYDAY = Category.IDENTITY | Category.EVERYDAY | Category.SOCIAL
MODEL = ("via-family", "2.0-draft")


@contextmanager
def by(colleague: Colleague, on: date | None = None) -> Iterator[Actor]:
    """Work as a colleague, in the first post; `on`: the clock stands in the afternoon of that day."""
    real = clock.now
    if on is not None:
        then = datetime.combine(on, AFTERNOON, clock.COPENHAGEN)
        setattr(clock, "now", lambda: min(then, real()))  # noqa: B010  the invented past, in this process alone
    try:
        with wall.acting_as(actor_of(colleague), REASON, act="demo.course") as actor:
            yield actor
    finally:
        setattr(clock, "now", real)  # noqa: B010


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody of the family in the course: first name, roles of the model, and whether it is about them."""

    name: str
    roles: tuple[str, ...]
    in_focus: bool = False


@dataclass(frozen=True, slots=True)
class Yes:
    """What one person answered about one receiver; by the person alone where nobody else is named."""

    about: str
    to: Place
    categories: Category = EVERYDAY
    said_by: tuple[str, ...] = ()
    answer: Answer = Answer.YES


@dataclass(slots=True)
class Telling:
    """A course while it is told. Days count from its opening."""

    today: date
    opened_on: date
    coordinator: Colleague
    records: dict[str, PersonRecord]
    space: UUID
    people: tuple[UUID, ...] = ()
    in_focus: tuple[UUID, ...] = ()
    goals: dict[str, Goal] = field(default_factory=dict)
    views: dict[str, UUID] = field(default_factory=dict)
    """What each child has said."""
    said_before: dict[UUID, date] = field(default_factory=dict)
    """Who said yes, and when, before the answers that hold today were given."""

    def day(self, number: int) -> date:
        """So many days after the opening; today at the latest."""
        return min(self.opened_on + timedelta(days=number), self.today)

    def who(self, name: str) -> UUID:
        """Somebody in the family, by the first name."""
        return self.records[name].subject_id

    def is_here(self, name: str) -> bool:
        """Is this person part of the course?"""
        return self.who(name) in self.people

    def whom(self, names: Sequence[str]) -> list[UUID]:
        """Several of them."""
        return [self.who(name) for name in names]

    def fact(self, colleague: Colleague, kind: str, day: int, /, **attributes: object) -> None:
        """Something that happened, noted by the one who was there."""
        with by(colleague, self.day(day)) as actor:
            courses.note_fact(
                actor=actor,
                space=self.space,
                kind=kind,
                on=self.day(day),
                today=self.today,
                attributes=attributes,
            )

    def leave_out(self, colleague: Colleague, step: str, reason: str, day: int) -> None:
        """A step that is left out, with the reason."""
        with by(colleague, self.day(day)) as actor:
            courses.excuse_step(
                actor=actor, space=self.space, step=step, reason=reason, on=self.day(day), today=self.today
            )

    def goal(self, colleague: Colleague, name: str, text: GoalText, *also: str) -> None:
        """A goal in somebody's own words."""
        with by(colleague, text.said_on) as actor:
            self.goals[name] = plans.write_goal(
                actor=actor, space=self.space, subjects=self.whom([name, *also]), text=text, today=self.today
            )

    def rate(self, colleague: Colleague, name: str, level: int, day: int, words: str = "") -> None:
        """Where the one whose goal it is stands now."""
        with by(colleague, self.day(day)) as actor:
            plans.rate_goal(
                actor=actor,
                goal=self.goals[name],
                level=level,
                on=self.day(day),
                by_person=self.who(name),
                words=words,
                today=self.today,
            )

    def agree(self, day: int, voices: Sequence[Voice]) -> None:
        """The goals that stand become the shared plan."""
        with by(self.coordinator, self.day(day)) as actor:
            seen = version_of(*plan_queries.goals_standing(actor, self.space))
            plans.agree_plan(
                actor=actor,
                space=self.space,
                agreed_on=self.day(day),
                voices=voices,
                seen=seen,
                today=self.today,
            )

    def meeting(
        self, kind: str, day: int, *, purpose: str, place: str, guests: Sequence[Guest], minutes: str = ""
    ) -> UUID:
        """A meeting is called; one that lies behind is held, and its minutes shared where there are any."""
        at = datetime.combine(self.opened_on + timedelta(days=day), time(14, 30), clock.COPENHAGEN)
        with by(self.coordinator, min(at.date(), self.today)) as actor:
            call = Call(kind, purpose, at, 60, frozenset(self.in_focus), MeetingPlace(text=place))
            made = meetings.plan_meeting(
                actor=actor, space=self.space, call=call, guests=guests, today=self.today, now=clock.now()
            )
            if at.date() < self.today:
                self._hold(actor, made.pk, at.date())
                if minutes:
                    meetings.share_minutes(
                        actor=actor,
                        space=self.space,
                        meeting=made.pk,
                        text=minutes,
                        today=self.today,
                        now=clock.now(),
                    )
            return UUID(str(made.pk))

    def _hold(self, actor: Actor, meeting: UUID, on: date) -> None:
        whole = meeting_queries.whole_meeting(actor, self.space, meeting)
        assert whole is not None  # noqa: S101  it was made a moment ago
        meetings.close_meeting(
            actor=actor,
            space=self.space,
            meeting=meeting,
            held_on=on,
            presence={guest.pk: Presence.HERE for guest in whole.row.guests},
            today=self.today,
        )

    def answer(self, meeting: UUID, guest: Guest, answer: ReplyAnswer, words: str = "") -> None:
        """What somebody answers: the family's answers are written down by the coordinator."""
        colleague = next((one for one in COLLEAGUES if guest.post == post(one)), self.coordinator)
        with by(colleague) as actor:
            row = meeting_queries.meeting_row(actor, self.space, meeting)
            assert row is not None  # noqa: S101  whoever is invited sees it
            meetings.reply_to(
                actor=actor,
                space=self.space,
                meeting=meeting,
                invitation=next(one.pk for one in row.guests if one.guest == guest),
                answer=answer,
                words=words,
                today=self.today,
            )

    def point(self, meeting: UUID, text: PointText) -> None:
        """Something to talk about."""
        with by(self.coordinator) as actor:
            meetings.add_point(actor=actor, space=self.space, meeting=meeting, text=text, today=self.today)

    def paper(
        self, colleague: Colleague, tool: str, audience: str, name: str, data: Mapping[str, Any], day: int
    ) -> Document:
        """A tool of the model, filled in."""
        with by(colleague, self.day(day)) as actor:
            return journal.complete_document(
                actor=actor,
                space=self.space,
                tool=tool,
                audience=audience,
                person=self.who(name),
                data=data,
                on=self.day(day),
                today=self.today,
            )

    def agreement(
        self,
        colleague: Colleague,
        what: str,
        *,
        doer: Doer,
        about: Sequence[str],
        made: int,
        due: date,
        goal: str = "",
        kept: int | None = None,
    ) -> None:
        """Who does what by when; `kept` on a day where it was done."""
        with by(colleague, self.day(made)) as actor:
            made_here = plans.make_agreement(
                actor=actor,
                space=self.space,
                subjects=self.whom(about),
                what=what,
                doer=doer,
                due_on=due,
                made_on=self.day(made),
                goal=self.goals.get(goal),
                today=self.today,
            )
            if kept is not None:
                plans.keep_agreement(actor=actor, agreement=made_here, on=self.day(kept), today=self.today)


def post(colleague: Colleague) -> UUID:
    """The membership of a colleague's first post."""
    return colleague.post_id(colleague.posts[0][0])


def opened(
    story: Story,
    coordinator: Colleague,
    parts: Sequence[Part],
    answers: Sequence[Yes],
    roles: dict[Colleague, str],
    *,
    weeks: int,
    today: date,
    categories: dict[Colleague, Category],
) -> Telling:
    """A course opened some weeks ago, with what each has answered about sharing."""
    on = today - timedelta(weeks=weeks)
    asked = on if today - on <= AN_ANSWER_HOLDS else today - ASKED_AGAIN
    with by(coordinator, on) as actor:
        known = {record.name: record for record in families.person_records(actor)}
        records = {person.name.split()[0]: known[person.name] for person in story.people}
        version = ProgrammeVersion.objects.get(key=MODEL[0], version=MODEL[1], base=None).pk
        course: Course = courses.open_course(
            actor=actor,
            version=version,
            people=[_newcomer(records[part.name], part) for part in parts],
            opened_on=on,
            today=asked,
            roles={post(one): role for one, role in roles.items()},
            categories={post(one): mask for one, mask in categories.items()},
            bases=[_consent(records, asked, answer) for answer in answers],
            attributes={"started_by": "municipality"},
        )
    in_focus = tuple(records[part.name].subject_id for part in parts if part.in_focus)
    everybody = tuple(records[part.name].subject_id for part in parts)
    return Telling(today, on, coordinator, records, course.space_id, everybody, in_focus)


def joined(telling: Telling, colleague: Colleague, role: str, categories: Category) -> None:
    """The coordinator names a colleague for a role, today: what a basis opens is never dated back."""
    with by(telling.coordinator) as actor:
        courses.name_participant(
            actor=actor,
            space=telling.space,
            role=role,
            membership=post(colleague),
            categories=categories,
            today=telling.today,
        )


def shared_back(telling: Telling, colleagues: Sequence[Colleague]) -> None:
    """Those who were shared with share back on the same answers."""
    for colleague in colleagues:
        with by(colleague) as actor:
            for basis in sharing_queries.confirmable(actor, telling.space, telling.today):
                sharing.confirm_basis(actor=actor, basis=basis, today=telling.today)


def said_yes(telling: Telling, colleague: Colleague, day: int | None = None) -> None:
    """A colleague says yes to the role in the course; today where no day is given.

    A part begins when the family was asked last. Where the yes is older, it is noted as what happened then.
    """
    on = telling.today if day is None else telling.day(day)
    with by(colleague, on) as actor:
        part = course_queries.own_waiting_part(actor, telling.space, on)
        if part is not None:
            courses.accept_role(actor=actor, participant=part, today=on)
            return
        part = course_queries.own_waiting_part(actor, telling.space, telling.today)
    if part is not None and day is not None:
        telling.said_before[post(colleague)] = on
        is_first = colleague is telling.coordinator
        kind = "coordinator.accepted" if is_first else "contact_person.accepted"
        sector = {} if is_first else {"sector": "region"}
        telling.fact(colleague, kind, day, role=part.role, person=str(post(colleague)), **sector)


def _newcomer(record: PersonRecord, part: Part) -> Newcomer:
    return Newcomer(record.subject_id, record.born, part.roles, part.in_focus, record.name)


def _consent(records: dict[str, PersonRecord], on: date, yes: Yes) -> Consent:
    receiver = Receiver(HolderKind.UNIT, yes.to.id, yes.to.authority, yes.to.kind.value)
    scope = Scope(records[yes.about].subject_id, receiver, yes.categories, Purpose.COORDINATION)
    said_by = frozenset(records[name].subject_id for name in yes.said_by or (yes.about,))
    return Consent(scope, Way.MEETING, said_by, on, yes.answer)

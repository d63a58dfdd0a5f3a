"""What happens in an invented course, as a list of facts: early, in time, late, missed or excused. Pure.

The course of VIA Family as the model means it stands in the tables; chance moves each act,
and leaves some out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from samspil.doors.demo.generate.story import CASEWORKER, MUNICIPALITY, REGION, Person, Story

Attributes = dict[str, object]
R, M = REGION, MUNICIPALITY
MANNERS = ("early", "in-time", "late", "uneven")
WEIGHTS = (15, 50, 25, 10)
MISSED = {"early": 0.02, "in-time": 0.05, "late": 0.15, "uneven": 0.3}
CHILD_ASKED = (("sam-u", "child", M),)
PARENT_ASKED = (("sam-f", "parent", M), ("who-5", "parent", R))
REASONS = (
    "Familien har bedt om at vente.",
    "Forælderen er indlagt, og familien vil ikke mødes imens.",
    "Det er gjort i et andet forløb, som familien er i.",
)
EXCUSABLE = ("needs-overview", "effort-overview", "safety-plan-child", "psychoeducation", "parental-training")


@dataclass(frozen=True, slots=True)
class Happening:
    """A fact before it is a row. `remark` are the words it points to."""

    on: date
    kind: str
    by: str
    attributes: Attributes = field(default_factory=dict)
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """So many days after the opening, by whom, and how often it happens at all."""

    after: int
    kind: str
    by: str
    attributes: tuple[tuple[str, object], ...] = ()
    chance: float = 1.0


def _act(after: int, kind: str, by: str, chance: float = 1.0, /, **attributes: object) -> Act:
    return Act(after, kind, by, tuple(attributes.items()), chance)


BEGINNING = (
    _act(0, "eligibility.checked", R, result="yes"),
    _act(5, "contact_person.accepted", R, role=REGION, sector="region"),
    _act(8, "coordinator.named", M, role=MUNICIPALITY),
    _act(18, "need.stated", R),
    _act(12, "information.given", R, 0.4, kind="talk"),
)
ADVICE = (
    _act(14, "track.chosen", M, track="raadgivning"),
    _act(28, "note.sent", M, kind="advice"),
)
COLLABORATION = (
    _act(44, "tool.completed", M, tool="effort-overview"),
    _act(70, "tool.completed", R, tool="safety-plan"),
    _act(75, "concern.raised", M, 0.1, strength=2),
    _act(330, "tool.completed", M, 0.5, tool="effort-overview"),
)
ENDING = (
    _act(705, "tool.shared", R, tool="safety-plan", audience="municipality"),
    _act(712, "consent.reviewed", M),
    _act(716, "family_copy.given", M),
)


ENDED_EARLY = 0.25
"""So many stop before the plan is done: they move, are helped, or do not want to go on."""


def happenings(story: Story) -> list[Happening]:
    """Everything that has happened up to today, in order; the opening first."""
    chance = story.chance
    manner = chance.choices(MANNERS, WEIGHTS)[0]
    teller = _Teller(story, manner, chance)
    found = [Happening(story.opened, "course.opened", _opener(story))]
    found += sorted(
        (one for one in teller.tell() if story.opened <= one.on <= story.today), key=lambda one: one.on
    )
    return _until_closed(found, story)


def _opener(story: Story) -> str:
    return R if story.is_opened_by_region else M


def _until_closed(found: list[Happening], story: Story) -> list[Happening]:
    """Who began notes everything until the other sector has joined; after the closing nobody does."""
    joined, opener = story.joined or date.max, _opener(story)
    kept = []
    for one in found:
        kept.append(one if one.on >= joined else replace(one, by=opener))
        if one.kind == "course.closed":
            break
    return kept


class _Teller:
    def __init__(self, story: Story, manner: str, chance: Random) -> None:
        self.story, self.manner, self.chance = story, manner, chance
        self.age = (story.today - story.opened).days

    def tell(self) -> Iterator[Happening]:
        yield from self.acts(BEGINNING)
        yield from self.answers()
        if not self.story.joined:
            return
        yield from self.baton()
        if self.story.is_advice:
            yield from self.acts(ADVICE)
            yield from self.meeting("advice", self.day(24))
            if self.chance.random() < 0.7:
                yield self.on(self.day(31), "course.closed", M, reason="advice-given")
            return
        if self.chance.random() < ENDED_EARLY:
            yield self.on(self.day(self.chance.randrange(60, 600)), "course.closed", M, reason="family-stops")
        yield from self.meetings()
        yield from self.plan()
        yield from self.acts(COLLABORATION)
        yield from self.rhythm()
        yield from self.efforts()
        yield from self.measures()
        yield from self.excuses()
        yield from self.acts(ENDING)
        if self.chance.random() < 0.6:
            yield self.on(self.day(724), "course.closed", M, reason="plan-done")

    def day(self, after: int, *, exact: bool = False) -> date:
        """So many days after the opening, as this family's professionals keep time."""
        if not exact and after:
            spread = max(2, after // 6)
            match self.manner:
                case "early":
                    after -= self.chance.randrange(spread)
                case "in-time":
                    after -= self.chance.randrange(3)
                case "late":
                    after += self.chance.randrange(2 * spread)
                case _:
                    after += self.chance.randrange(-spread, 2 * spread)
        return self.story.opened + timedelta(days=max(after, 0))

    def on(self, day: date, kind: str, by: str, /, **attributes: object) -> Happening:
        return Happening(day, kind, by, attributes)

    def is_left_out(self) -> bool:
        return self.chance.random() < MISSED[self.manner]

    def acts(self, acts: tuple[Act, ...]) -> Iterator[Happening]:
        for act in acts:
            if act.after > self.age + 40:
                continue
            if self.chance.random() < act.chance and not self.is_left_out():
                yield Happening(self.day(act.after), act.kind, act.by, dict(act.attributes))

    def answers(self) -> Iterator[Happening]:
        """Each parent, and each young person of 15 or more, says yes or no for oneself."""
        ill = self.story.parents[0]
        yield self.on(self.day(1), "treatment.known", R, person=ill.subject, ongoing=True)
        for person in self.adults():
            says_no = person is not ill and self.chance.random() < 0.04
            yield self.on(
                self.day(6),
                "consent.refused" if says_no else "consent.given",
                _opener(self.story),
                person=person.subject,
                receiver="municipality" if self.story.is_opened_by_region else "region",
                categories="everyday",
                purpose="coordination",
            )

    def adults(self) -> list[Person]:
        """Those who answer for themselves."""
        day = self.story.opened
        return [one for one in self.story.people if not one.is_child or day.year - one.born.year > 15]

    def baton(self) -> Iterator[Happening]:
        if self.story.joined:
            attributes: Attributes = {"role": MUNICIPALITY, "person": CASEWORKER.post}
            yield Happening(self.story.joined, "coordinator.accepted", M, attributes)

    def meetings(self) -> Iterator[Happening]:
        """The opening meeting, one every three months, and the closing one."""
        held = self.day(29)
        yield from self.meeting("kickoff", held)
        for number in range(1, 8):
            day = self.story.opened + (held - self.story.opened) + timedelta(days=91 * number)
            if day <= self.story.today and not self.is_left_out():
                yield from self.meeting("status", day + timedelta(days=self.chance.randrange(-12, 15)))
        if self.age > 690 and not self.is_left_out():
            yield from self.meeting("closing", self.day(708))

    def meeting(self, kind: str, held: date) -> Iterator[Happening]:
        meeting = self.story.keys.new()
        named: Attributes = {"meeting": meeting, "kind": kind}
        planned: Attributes = {**named, "takes_place_on": held.isoformat()}
        yield Happening(held - timedelta(days=10), "meeting.planned", M, planned)
        if held > self.story.today:
            return
        present = self.chance.random() < 0.5
        yield Happening(held, "meeting.held", M, {**named, "child_present": present})
        for child in self.story.children:
            if self.chance.random() < 0.8:
                heard = held - timedelta(days=self.chance.randrange(7))
                yield self.on(heard, "child_view.recorded", M, person=child.subject, meeting=meeting)
        if self.chance.random() < 0.5:
            yield from self.agreement(held)
        if not self.is_left_out():
            yield self.on(held + timedelta(days=3), "minutes.shared", M, meeting=meeting)

    def plan(self) -> Iterator[Happening]:
        """One to three goals are agreed with what each does for them; later one is changed, and looked at."""
        if self.is_left_out():
            return
        agreed = self.day(42)
        goals = [self.story.keys.new() for _ in range(self.chance.choices((1, 2, 3), (30, 45, 25))[0])]
        for number, goal in enumerate(goals):
            yield self.goal(agreed, goal, number)
            yield from self.agreement(agreed)
        yield self.on(agreed, "plan.agreed", M, plan=self.story.keys.new(), goals=len(goals))
        if self.chance.random() < 0.6:
            revised = self.day(120)
            yield self.goal(revised, goals[0], 0)
            yield self.on(revised, "plan.revised", M, plan=self.story.keys.new(), goals=len(goals))
        for goal in goals:
            if self.chance.random() < 0.7:
                level = self.chance.choices((-2, -1, 0, 1, 2), (5, 20, 40, 25, 10))[0]
                yield self.on(self.day(210), "goal.rated", M, goal=goal, level=level)

    def goal(self, agreed: date, goal: str, number: int) -> Happening:
        """The first is in the family's own words, and the sectors lead by turns."""
        return self.on(
            agreed,
            "goal.set",
            M,
            goal=goal,
            lead_sector=("municipality", "region")[number % 2],
            due_on=(agreed + timedelta(days=200)).isoformat(),
            own_words=number == 0,
        )

    def agreement(self, made: date) -> Iterator[Happening]:
        """Most are kept, near the day; some are not, and some nobody has said a word about."""
        agreement, due = self.story.keys.new(), made + timedelta(days=self.chance.randrange(14, 60))
        attributes: Attributes = {"agreement": agreement, "due_on": due.isoformat(), "role": MUNICIPALITY}
        yield Happening(made, "agreement.made", M, attributes)
        outcome = self.chance.choices(("agreement.kept", "agreement.broken", ""), (75, 10, 15))[0]
        if outcome:
            told = due + timedelta(days=self.chance.randrange(-7, 5))
            yield self.on(told, outcome, M, agreement=agreement)

    def rhythm(self) -> Iterator[Happening]:
        """Region and municipality speak every six weeks, each its turn; and the children's safety plan."""
        for number in range(1, min(self.age, 680) // 42):
            if not self.is_left_out():
                yield self.on(
                    self.day(33 + 42 * number), "contact.made", (M, R)[number % 2], kind="coordination"
                )
        for child in self.story.children:
            if self.age > 60 and not self.is_left_out():
                attributes: Attributes = {"tool": "safety-plan", "audience": "child", "person": child.subject}
                yield Happening(self.day(72), "tool.shared", R, attributes)

    def efforts(self) -> Iterator[Happening]:
        """One of the municipality with its follow-up, one or two of the region with a planned end."""
        if self.chance.random() < 0.75:
            own: Attributes = {"effort": self.story.keys.new(), "sector": "municipality"}
            yield Happening(self.day(48), "effort.decided", M, {**own, "plan": True})
            yield Happening(self.day(62), "effort.started", M, own)
            yield Happening(self.day(130), "child_plan.ready", M, {"effort": own["effort"]})
            for after in (140, 320, 500):
                if not self.is_left_out():
                    yield Happening(self.day(after), "follow_up.held", M, {"effort": own["effort"]})
        for what in ("psychoeducation", "parental-training"):
            if self.chance.random() < 0.9:
                yield from self.of_region(what)

    def of_region(self, what: str) -> Iterator[Happening]:
        effort = self.story.keys.new()
        length = self.chance.randrange(150, 400)
        end = self.day(90 + length)
        attributes: Attributes = {"effort": effort, "sector": "region", "type": what}
        yield Happening(self.day(90), "effort.started", R, {**attributes, "planned_end": end.isoformat()})
        if not self.is_left_out():
            yield self.on(self.day(60 + length), "note.sent", R, kind="transition", effort=effort)
        yield Happening(end, "effort.ended", R, attributes)

    def measures(self) -> Iterator[Happening]:
        """Each round asks each person about what is theirs, and the professionals once."""
        for after in (15, 183, 365, 548, 725):
            if after > self.age:
                return
            for person in self.story.people:
                for instrument, informant, by in CHILD_ASKED if person.is_child else PARENT_ASKED:
                    if not self.is_left_out() and not self.is_left_out():
                        yield self.on(
                            self.day(after),
                            "measure.answered",
                            by,
                            instrument=instrument,
                            informant=informant,
                            person=person.subject,
                        )

    def excuses(self) -> Iterator[Happening]:
        if self.chance.random() < 0.2 and self.story.joined:
            attributes: Attributes = {"step": self.chance.choice(EXCUSABLE)}
            yield Happening(self.day(38), "step.excused", M, attributes, self.chance.choice(REASONS))

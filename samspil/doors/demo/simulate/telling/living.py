"""One life of one course: what falls due is done early or late, missed or excused, as families live."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from heapq import heappop, heappush
from random import Random

from samspil.collaboration.programmes import engine, vocabulary
from samspil.collaboration.programmes.engine.compiling import Match
from samspil.collaboration.programmes.engine.facts import Fact
from samspil.collaboration.programmes.engine.moments import danish_day
from samspil.collaboration.programmes.language.when import shift
from samspil.doors.demo.simulate.asked import CLOSED, COPIED, OPENED, TRACK, Asked, Beginning
from samspil.doors.demo.simulate.telling.tales import OPEN, Deed, Say, Words
from samspil.doors.demo.simulate.telling.values import YES_RATHER_THAN_NO, Values

MANNERS = ("careful", "usual", "busy", "uneven")
HOW_OFTEN = (25, 45, 20, 10)
MISSED = {"careful": 0.02, "usual": 0.06, "busy": 0.15, "uneven": 0.3}
LATE = {"careful": 0.03, "usual": 0.1, "busy": 0.3, "uneven": 0.3}
EXCUSED, CORRECTED, STOPS, CHANGES_STAFF, HAPPENS, CLOSES = 0.04, 0.01, 0.1, 0.12, 0.35, 0.7
MONTHS_WHERE_NOTHING_IS_SAID = "P15M"
DAY = timedelta(days=1)
A_HALF_MONTH = 14
NEVER_CORRECTED = frozenset({OPENED, CLOSED, COPIED, "consent.reviewed", "step.excused"})
EXCUSES = (
    "Familien har bedt om at vente.",
    "Det er gjort i et andet forløb, som familien er i.",
    "Barnet er på lejr, og vi gør det næste gang.",
)
REASONS = ("Hverdagen er blevet lettere.", "Der sker meget lige nu.", "Familien ønsker det.")
WRONG_DAY = "Datoen var skrevet forkert."
STAGES = ("effort.requested", "effort.decided", "effort.started", "effort.changed", "effort.ended")
APART = (12, 16, 60, 90)
"""Days between the stages of an effort."""


class Life:
    """One life of one course. The agenda holds what is to happen, by day and then in the order it was set."""

    def __init__(
        self, asked: Asked, people: tuple[engine.Person, ...], opened: date, until: date, chance: Random
    ) -> None:
        self.asked, self.people, self.opened, self.until, self.chance = asked, people, opened, until, chance
        self.programme = asked.programme
        self.manner = chance.choices(MANNERS, HOW_OFTEN)[0]
        self.deeds: list[Deed] = []
        self.facts: list[Fact] = []
        self.agenda: list[tuple[date, int, Say]] = []
        self.stands: dict[str, list[engine.Occurrence]] = {}
        self.meant: set[tuple[str, int, str | None, object]] = set()
        self.count = 0
        self.closed = False
        self.track = self.programme.tracks.default if self.programme.tracks else ""
        self.values = Values(asked, chance)

    # --- time -------------------------------------------------------------------------------------------

    def live(self) -> None:
        self.note(self.opened, OPENED, self.programme.baton.starts, self._opening())
        self.happenings()
        day = self.opened
        while self.agenda and self.agenda[0][0] <= self.until:
            day, _order, say = heappop(self.agenda)
            say(day)
        self.look_ahead()

    def look_ahead(self) -> None:
        """What is agreed on the last day for the days to come."""

    def at(self, day: date, say: Say) -> None:
        """Put something on the agenda."""
        self.count += 1
        heappush(self.agenda, (max(day, self.opened), self.count, say))

    def after(self, first: float, last: float) -> date:
        """Some day between two shares of the time the model takes."""
        months = self.programme.lasts or MONTHS_WHERE_NOTHING_IS_SAID
        whole = (shift(months).day(self.opened) - self.opened).days
        return self.opened + timedelta(days=int(whole * self.chance.uniform(first, last)))

    # --- what is noted ----------------------------------------------------------------------------------

    def note(
        self, on: date, kind: str, by: str, attributes: Mapping[str, object] | None = None, reason: str = ""
    ) -> Deed | None:
        """Note a fact, and see what it makes due. After the closing nothing but what the model asks for."""
        if engine.held_back(self.programme, self.facts, self.people, on, kind, attributes or {}):
            return None
        words = self.words(kind, attributes or {})
        said = Deed(on, kind, by, attributes or {}, reason, f"d{len(self.deeds):03}", words=words)
        self._keep(said)
        if kind not in NEVER_CORRECTED and self.manner in MANNERS and self.chance.random() < CORRECTED:
            before = max(on - timedelta(days=self.chance.randrange(1, 5)), self.opened)
            key = f"d{len(self.deeds):03}"
            self._keep(Deed(before, kind, by, attributes or {}, WRONG_DAY, key, said.key, on))
        self.look(kind, on)
        return said

    def words(self, _kind: str, _said: Mapping[str, object]) -> Words:
        """The words that belong to a fact."""
        return {}

    def _keep(self, deed: Deed) -> None:
        self.deeds.append(deed)
        self.facts.append(deed.fact)

    def look(self, kind: str, on: date) -> None:
        """Ask what a fact has made due, and decide for each new occurrence how it will go."""
        steps = engine.touched(self.programme, kind)
        if kind == OPENED:
            steps = engine.step_keys(self.programme)
        if not steps:
            return
        kinds = engine.kinds_of(self.programme, steps)
        facts = [one for one in self.facts if one.kind in kinds or one.kind == OPENED]
        found = engine.occurrences(self.programme, facts, self.people, on, steps=steps)
        for step in steps:
            self.stands[step] = []
        for one in found:
            self.stands[one.step].append(one)
            self.mean(one, on)

    def mean(self, one: engine.Occurrence, on: date) -> None:
        """How an occurrence will go: done, left out with a reason, or forgotten."""
        if one.due is None or one.closes is None or one.state not in OPEN:
            return
        key = (one.step, one.n, one.person, one.due)
        due, closes = danish_day(one.due), danish_day(one.closes)
        if key in self.meant or due > self.until + timedelta(days=60):
            return
        self.meant.add(key)
        roll = self.chance.random()
        if roll < MISSED[self.manner]:
            return
        if roll < MISSED[self.manner] + EXCUSED and self.excusable(one):
            self.at(
                max(on, due - timedelta(days=self.chance.randrange(1, 10))), lambda day: self.excuse(one, day)
            )
            return
        self.at(self._day_for(one, on, due, closes), lambda day: self.do(one, day))

    def _day_for(self, one: engine.Occurrence, on: date, due: date, closes: date) -> date:
        opens = danish_day(one.opens) if one.opens is not None else on
        if self.chance.random() < LATE[self.manner]:
            return max(on, closes + timedelta(days=self.chance.randrange(1, 25)))
        first = max(opens, on, due - timedelta(days=A_HALF_MONTH))
        return first + timedelta(days=self.chance.randrange(max((closes - first).days, 0) + 1))

    def excusable(self, one: engine.Occurrence) -> bool:
        """What passes the coordination on, or closes, nobody leaves out."""
        baton = self.programme.baton.on
        return not self.asked.closes(one.rule) and not any(match.kind in baton for match in one.rule.matches)

    # --- what is done -----------------------------------------------------------------------------------

    def now(self, one: engine.Occurrence) -> engine.Occurrence | None:
        """The same occurrence as it stands; None where it was done meanwhile, or is not asked for."""
        for other in self.stands.get(one.step, ()):
            if (other.n, other.person, other.due) == (one.n, one.person, one.due):
                return other if other.state in OPEN else None
        return None

    def excuse(self, one: engine.Occurrence, day: date) -> None:
        if self.now(one) is None:
            return
        attributes: dict[str, object] = {"step": one.step, "n": one.n}
        if one.person is not None:
            attributes["person"] = one.person
        self.note(day, "step.excused", self.holder(day), attributes, self.chance.choice(EXCUSES))

    def do(self, one: engine.Occurrence, day: date) -> None:
        """Note what shows a step done, unless it is done."""
        if self.now(one) is None:
            return
        if self.asked.closes(one.rule):
            self.close(day, "reached")
            return
        matches = one.rule.matches
        if not self.asked.ready.shown[one.rule.shown].needs_all:
            matches = (self.way(one),)
        for match in matches:
            self.show(match, one, day)

    def way(self, one: engine.Occurrence) -> Match:
        """Which of the ways to show a step done."""
        first, *others = one.rule.matches
        is_first = not others or self.chance.random() < YES_RATHER_THAN_NO
        return first if is_first else self.chance.choice(others)

    def show(self, match: Match, one: engine.Occurrence, day: date) -> None:
        by, known = self.who(one.responsible, day), vocabulary.KINDS[match.kind].attributes
        tied = {name: value for name, value in self._object(one).items() if name in known}
        said = {**dict(match.where), **tied}
        if one.person is not None and "person" in known:
            said["person"] = one.person
        elif one.person is not None and "people" in known:
            said["people"] = [one.person]
        self.happen(match.kind, said, by, day)

    def _object(self, one: engine.Occurrence) -> dict[str, object]:
        """The effort, the meeting or the handover that an occurrence is about."""
        by = one.start.by
        if by is None or one.anchored_on is None:
            return {}
        for fact_ in self.facts:
            if fact_.kind in one.start.kinds and by in fact_.attributes:
                dated = fact_.attributes.get(one.start.date) if one.start.date else None
                if one.anchored_on in (fact_.counts_from, fact_.day) or str(one.anchored_on) == str(dated):
                    return {by: fact_.attributes[by]}
        return {}

    def happen(self, kind: str, said: dict[str, object], by: str, day: date) -> None:
        """A fact with all that belongs to it: a meeting is called first, an effort goes on."""
        self.values.complete(kind, said, by, f"{len(self.deeds):03}")
        if kind in ("coordinator.accepted", "contact_person.accepted"):
            by = self._accepted(kind, said, by)
        reason = self._reason(kind)
        if kind == "meeting.held":
            self._call(said, by, day)
        if kind == "goal.set":
            said.setdefault("due_on", (day + timedelta(days=90)).isoformat())
        if kind in STAGES:
            self._effort(kind, said, by, day)
            return
        if kind == "step.excused":
            return
        self.note(day, kind, by, said, reason)
        if kind == "admission":
            self.at(day + timedelta(days=self.chance.randrange(5, 40)), self._later("discharge", said, by))

    def _accepted(self, kind: str, said: dict[str, object], by: str) -> str:
        """A yes is said by whoever fills the role."""
        role = str(said.get("role") or (self.programme.baton.passes_to if kind[:4] == "coor" else by))
        said["role"] = role
        said.pop("person", None)
        if kind == "contact_person.accepted":
            sector = next(one.sector for one in self.programme.roles if one.key == role)
            said["sector"] = sector if sector in ("region", "municipality") else "other"
        return role if role in self.asked.roles else by

    def _later(self, kind: str, said: Mapping[str, object], by: str) -> Say:
        known = vocabulary.KINDS[kind].attributes
        kept = {name: value for name, value in said.items() if name in known}
        return lambda day: None if self.closed else self.happen(kind, dict(kept), by, day)

    def _call(self, said: dict[str, object], by: str, day: date) -> None:
        if said.get("meeting") not in {one.attributes.get("meeting") for one in self.facts}:
            called = max(self.opened, day - timedelta(days=self.chance.randrange(3, 15)))
            planned = {"meeting": said["meeting"], "takes_place_on": day.isoformat()}
            if "kind" in said:
                planned["kind"] = said["kind"]
            key, words = f"d{len(self.deeds):03}", self.words("meeting.planned", planned)
            deed = Deed(called, "meeting.planned", by, planned, key=key, noted=day, words=words)
            self._keep(deed)
            self.look("meeting.planned", day)

    def _effort(self, kind: str, said: dict[str, object], by: str, day: date) -> None:
        """One stage of an effort, and the next one later on."""
        if kind in ("effort.started", "effort.changed"):
            said["planned_end"] = (day + timedelta(days=self.chance.randrange(120, 240))).isoformat()
        else:
            said.pop("planned_end", None)
        if kind != "effort.decided":
            said.pop("plan", None)
        if any(one.kind == kind and one.attributes.get("effort") == said["effort"] for one in self.facts):
            return
        self.note(day, kind, by, {name: value for name, value in said.items() if value is not None})
        place = STAGES.index(kind)
        follow = STAGES[place + 1] if place + 1 < len(STAGES) else ""
        if follow == "effort.changed" and self.chance.random() < 0.6:
            follow = "effort.ended"
        if follow and self.goes_on(follow):
            gap = APART[place] + self.chance.randrange(A_HALF_MONTH)
            self.at(day + timedelta(days=gap), self._later(follow, said, by))

    def goes_on(self, _stage: str) -> bool:
        """Does this stage of an effort come by itself?"""
        return True

    def _reason(self, kind: str) -> str:
        return self.chance.choice(REASONS) if kind in (TRACK, "level.set") else ""

    # --- who --------------------------------------------------------------------------------------------

    def holder(self, day: date) -> str:
        """Who coordinates on the day."""
        return engine.holder(self.programme, self.facts, day)

    def who(self, responsible: str, day: date) -> str:
        """The role that notes it: the responsible one, where a professional fills it."""
        return responsible if responsible in self.asked.roles else self.holder(day)

    def _opening(self) -> dict[str, object]:
        sector = next(one.sector for one in self.programme.roles if one.key == self.programme.baton.starts)
        return {"started_by": sector} if sector in self.programme.starts_from else {}

    # --- what happens by itself -------------------------------------------------------------------------

    def happenings(self) -> None:
        """What nobody asks for: efforts, admissions, wishes, another pace, a new colleague, the end."""
        for beginning in self.asked.beginnings:
            self._begin(beginning)
        if self.programme.all_tracks and self.chance.random() < HAPPENS:
            self.at(self.after(0.2, 0.8), self._freely(TRACK, {}))
        if self.asked.effort_kinds:
            for _number in range(self.chance.choice((0, 1, 1, 2))):
                self.at(self.after(0.05, 0.5), self._new_effort)
        if "handover.accepted" in self.programme.baton.on and self.chance.random() < CHANGES_STAFF:
            lately = self.chance.random() < 0.5
            self.at(self.until if lately else self.after(0.3, 0.8), self.ask_to_take_over)
        if self.chance.random() < STOPS:
            self.at(self.after(0.1, 0.8), lambda day: self.close(day, "family-stops"))

    def _begin(self, beginning: Beginning) -> None:
        is_end = dict(beginning.where).get("kind") == "closing"
        if self.chance.random() >= (CLOSES if is_end else HAPPENS):
            return
        day = self.after(0.6, 1.0) if is_end else self.after(0.05, 0.8)
        said = dict(beginning.where)
        if beginning.kind == "meeting.planned":
            said["takes_place_on"] = (day + timedelta(days=70)).isoformat()
        self.at(day, self._freely(beginning.kind, said))

    def _freely(self, kind: str, said: Mapping[str, object]) -> Say:
        return lambda day: None if self.closed else self.happen(kind, dict(said), self.holder(day), day)

    def _new_effort(self, day: date) -> None:
        told = self.asked.values
        first = next(kind for kind in STAGES if kind in self.asked.effort_kinds)
        said: dict[str, object] = {}
        for kind in STAGES:
            for name, options in told.get(kind, {}).items():
                said.setdefault(name, self.chance.choice(options))
        said.setdefault("sector", "municipality")
        if not self.closed:
            self.happen(first, said, self.holder(day), day)

    def ask_to_take_over(self, day: date) -> None:
        """Somebody else is to coordinate, in the role that the model passes it to."""
        holder, to = self.holder(day), self.programme.baton.passes_to
        if self.closed or holder != to:
            return
        said: dict[str, object] = {"handover": f"handover-{len(self.deeds):03}", "kind": "staff"}
        said |= {"from_role": holder, "to_role": to}
        self.note(day, "handover.requested", holder, said)
        answered = day + timedelta(days=self.chance.randrange(9))
        self.at(answered, lambda on: self._taken(said, on))

    def _taken(self, said: dict[str, object], day: date) -> None:
        answers = ("handover.accepted", "handover.declined")
        done = {one.attributes.get("handover") for one in self.facts if one.kind in answers}
        if not self.closed and said["handover"] not in done:
            self.note(day, "handover.accepted", str(said["to_role"]), said)

    def close(self, day: date, reason: str) -> None:
        """The consents are looked at, the family has its copy, and what the model waits for is said first."""
        if self.closed:
            return
        holder = self.holder(day)
        for said in list(self._waited_for(day)):
            self.note(day, said[0], said[1], said[2])
        if engine.held_back(self.programme, self.facts, self.people, day, CLOSED, {}):
            return
        self.closed = True
        everybody = sorted(one.id for one in self.people)
        self.note(day, "consent.reviewed", holder, {"people": everybody})
        self.note(day, COPIED, holder, {"people": everybody})
        self.note(day, CLOSED, holder, {"reason": reason, "retention": "family-case"})

    def _waited_for(self, day: date) -> Iterator[tuple[str, str, dict[str, object]]]:
        """What the model wants noted before a course may close, for each person it is wanted for."""
        for held in engine.held_back(self.programme, self.facts, self.people, day, CLOSED, {}):
            shown = self.chance.choice(held.condition.until)
            said: dict[str, object] = {**shown.where, "person": held.person}
            decider = next((one.key for one in self.programme.roles if one.adult_side), "")
            by = decider or self.holder(day)
            said |= dict.fromkeys(shown.has, by)
            yield shown.fact, by, said

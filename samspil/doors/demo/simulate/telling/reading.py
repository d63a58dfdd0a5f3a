"""A course told as it is written in a script."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from samspil.collaboration.programmes import engine, vocabulary
from samspil.collaboration.programmes.engine.compiling import Match
from samspil.collaboration.programmes.engine.moments import danish_day
from samspil.collaboration.programmes.vocabulary import Type
from samspil.doors.demo.simulate.asked import CLOSED, Asked
from samspil.doors.demo.simulate.telling.living import Life
from samspil.doors.demo.simulate.telling.tales import OPEN, Deed, Say, Script, Words
from samspil.doors.demo.simulate.telling.values import Values


class Written(Values):
    """What the facts say, by the script; where it says nothing, by chance."""

    def __init__(self, asked: Asked, chance: Random, script: Script) -> None:
        super().__init__(asked, chance)
        self.script = script

    def value(self, kind: str, name: str, options: Sequence[object], by: str) -> dict[str, object]:
        if f"{kind} {name}" in self.script.values:
            value = self.script.values[f"{kind} {name}"]
            return {name: value} if value is not None else {}
        if vocabulary.KINDS[kind].attributes[name].type is Type.FLAG:
            return {name: name != "flat"}
        return super().value(kind, name, options, by)


class Reader(Life):
    """Tells a course as it is written in a script."""

    def __init__(
        self,
        asked: Asked,
        people: tuple[engine.Person, ...],
        opened: date,
        until: date,
        chance: Random,
        script: Script,
    ) -> None:
        super().__init__(asked, people, opened, until, chance)
        self.values = Written(asked, chance, script)
        self.script, self.said, self.manner = script, dict[str, int](), "as-meant"

    def happenings(self) -> None:
        for day, kind, said, why in self.script.happens:
            self.at(self.opened + timedelta(days=day), self._written(kind, said, why))

    def _written(self, kind: str, said: Mapping[str, object], why: str) -> Say:
        def say(day: date) -> None:
            rest = dict(said)
            by = str(rest.pop("by", "")) or self.holder(day)
            if kind == CLOSED:
                self.close(day, why or "reached")
            elif why:
                self.note(day, kind, by, rest, why)
            else:
                self.happen(kind, rest, by, day)

        return say

    def mean(self, one: engine.Occurrence, on: date) -> None:
        if one.due is None or one.closes is None or one.state not in OPEN:
            return
        key, due = (one.step, one.n, one.person, one.due), danish_day(one.due)
        if key in self.meant or one.step in self.script.misses or due > self.until + timedelta(days=60):
            return
        self.meant.add(key)
        if one.step in self.script.excuses:
            self.at(max(on, due - timedelta(days=2)), lambda day: self.excuse(one, day))
            return
        opens = danish_day(one.opens) if one.opens is not None else on
        day = max(on, opens, due - timedelta(days=self.chance.randrange(1, 5)))
        self.at(min(day, max(danish_day(one.closes), on)), lambda day: self.do(one, day))

    def excuse(self, one: engine.Occurrence, day: date) -> None:
        if self.now(one) is not None:
            said = {"step": one.step, "n": one.n, **({"person": one.person} if one.person else {})}
            self.note(day, "step.excused", self.holder(day), said, self.script.excuses[one.step])

    def way(self, one: engine.Occurrence) -> Match:
        return one.rule.matches[1 if one.step in self.script.others else 0]

    def words(self, kind: str, said: Mapping[str, object]) -> Words:
        code = said.get("kind") or said.get("type") or said.get("person")
        for key in (f"{kind} {code}", kind):
            if lines := self.script.words.get(key):
                place = self.said.get(key, 0)
                self.said[key] = place + 1
                return lines[min(place, len(lines) - 1)]
        return {}

    def _reason(self, kind: str) -> str:
        lines = self.script.why.get(kind, ("",))
        place = self.said.get(f"why {kind}", 0)
        self.said[f"why {kind}"] = place + 1
        return lines[min(place, len(lines) - 1)]

    def look_ahead(self) -> None:
        """Meetings that fall due in the coming weeks are called."""
        called = {one.attributes.get("kind") for one in self.facts if one.day > self.until}
        for one in sorted(
            (one for found in self.stands.values() for one in found if one.state in OPEN and one.due),
            key=lambda one: str(one.due),
        ):
            match, due = self.way(one), danish_day(one.due) if one.due else self.until
            if match.kind != "meeting.held" or not self.until < due <= self.until + timedelta(days=21):
                continue
            said = dict(match.where)
            if self.closed or said.get("kind") in called:
                continue
            called.add(said.get("kind"))
            planned = {
                "meeting": f"meeting-{len(self.deeds):03}",
                "kind": said["kind"],
                "takes_place_on": min(due, self.until + timedelta(days=6)).isoformat(),
            }
            by = self.who(one.responsible, self.until)
            self._keep(
                Deed(
                    self.until, "meeting.planned", by, planned, key=f"d{len(self.deeds):03}",
                    words=self.words("meeting.planned", planned),
                )
            )  # fmt: skip

    def goes_on(self, stage: str) -> bool:
        return stage == "effort.started"

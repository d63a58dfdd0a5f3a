"""What a fact says besides its kind, where the model looks at it."""

from collections.abc import Sequence
from random import Random

from samspil.collaboration.programmes import vocabulary
from samspil.collaboration.programmes.vocabulary import Type
from samspil.doors.demo.simulate.asked import TRACK, Asked

YES_RATHER_THAN_NO = 0.85
THINGS = {
    "effort": "effort", "meeting": "meeting", "handover": "handover", "admission": "stay",
    "change": "request", "sparring": "request", "access": "request", "concern": "concern",
    "report": "report", "goal": "goal", "agreement": "agreement", "plan": "plan", "child_plan": "plan",
    "youth_plan": "plan",
}  # fmt: skip
"""What a fact of these kinds brings into the world, by the first word of the kind."""
ALWAYS_SAID = ("status", "result")


class Values:
    """What the facts of one course say, by chance; where something was said before, another thing."""

    def __init__(self, asked: Asked, chance: Random) -> None:
        self.asked, self.chance = asked, chance
        self.said: dict[str, object] = {}

    def complete(self, kind: str, said: dict[str, object], by: str, number: str) -> None:
        """The other things a fact of this kind says, where the model looks at them."""
        known = vocabulary.KINDS[kind].attributes
        told_apart = self.asked.values.get(kind, {})
        for name in (*self.asked.judged.get(kind, ()), *told_apart):
            if name in said or name not in known:
                continue
            said.update(self.value(kind, name, told_apart.get(name, ()), by))
        for name in ALWAYS_SAID:
            if name in known and name not in said:
                said.update(self.value(kind, name, (), by))
        if said.get("child_present"):
            said.pop("child_declined", None)
        thing = THINGS.get(kind.partition(".")[0], "")
        if thing in known and known[thing].type is Type.THING:
            said.setdefault(thing, f"{thing}-{number}")

    def value(self, kind: str, name: str, options: Sequence[object], by: str) -> dict[str, object]:
        """One of the things a fact says, by chance; empty where nobody says it."""
        attribute = vocabulary.KINDS[kind].attributes[name]
        if kind == TRACK:
            return self._other_track()
        if options and not all(isinstance(one, bool) for one in options):
            return {name: self._other(f"{kind} {name}", options)}
        match attribute.type:
            case Type.FLAG:
                return {name: True} if self.chance.random() < YES_RATHER_THAN_NO else {}
            case Type.INTEGER:
                return {name: self.chance.choice((40, 80, 90, 100)) if name == "filled" else 2}
            case Type.NUMBER:
                return {name: self.chance.choice((30, 45, 60))}
            case Type.ROLE:
                return {name: by}
            case Type.TEXT if attribute.options:
                return {name: self.chance.choice(attribute.options)}
            case Type.TEXT if name in ("professional", "lead_sector"):
                return {name: by if name == "professional" else self.asked.roles.get(by, "municipality")}
        return {}

    def _other(self, key: str, options: Sequence[object]) -> object:
        """A value; where it was said before, another one."""
        open_ = [one for one in options if one != self.said.get(key)] or list(options)
        self.said[key] = self.chance.choice(open_)
        return self.said[key]

    def _other_track(self) -> dict[str, object]:
        for tracks in self.asked.programme.all_tracks:
            if options := [key for key in tracks.options if key != self.said.get(TRACK)]:
                self.said[TRACK] = self.chance.choice(options)
                phase = next((one.key for one in self.asked.programme.phases if one.tracks is tracks), None)
                chosen: dict[str, object] = {"track": self.said[TRACK]}
                return {**chosen, "phase": phase} if phase else chosen
        return {}

"""What a definition asks for and counts from, read once: the beginnings nobody is asked for. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from samspil.collaboration.programmes.engine.compiling import compiled
from samspil.collaboration.programmes.engine.plan import Compiled, Rule, Shape, Start
from samspil.collaboration.programmes.language import Programme

Where = tuple[tuple[str, object], ...]
OPENED, CLOSED, TRACK = "course.opened", "course.closed", "track.chosen"
COPIED = "family_copy.given"
MOVED_BY_ACTS = ("coordinator.", "contact_person.", "handover.", "consent.", "plan.", "course.", "goal.")
"""Kinds that only come of an act of their own, at the time the teller says."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """Something that may happen to a family, and that starts a clock: an admission, a wish, a new level."""

    kind: str
    where: Where
    is_episode: bool = False


@dataclass(frozen=True)
class Asked:
    """A programme, as somebody who tells a course of it must know it."""

    programme: Programme

    @cached_property
    def ready(self) -> Compiled:
        return compiled(self.programme)

    @cached_property
    def shown(self) -> dict[str, list[Where]]:
        """What shows a step done, by kind."""
        found: dict[str, list[Where]] = {}
        for rule in self.ready.rules:
            for match in rule.matches:
                found.setdefault(match.kind, []).append(match.where)
        return found

    @cached_property
    def beginnings(self) -> tuple[Beginning, ...]:
        """What clocks count from and no step shows: it happens by itself, or it does not."""
        found: dict[Beginning, None] = {}
        for rule, start in self._starts():
            if start.birthday is not None:
                continue
            for kind in start.kinds:
                is_episode = rule.shape is Shape.EPISODES
                if kind.startswith(MOVED_BY_ACTS) or kind.startswith("effort."):
                    continue
                if kind == "meeting.planned" and self._is_shown("meeting.held", start.where):
                    continue
                if is_episode or not self._is_shown(kind, start.where):
                    found[Beginning(kind, start.where, is_episode)] = None
        return tuple(found)

    @cached_property
    def values(self) -> Mapping[str, dict[str, tuple[object, ...]]]:
        """The values that the model's clocks tell apart, by kind and attribute."""
        found: dict[str, dict[str, dict[object, None]]] = {}
        for _rule, start in self._starts():
            for kind in start.kinds:
                for name, value in start.where:
                    found.setdefault(kind, {}).setdefault(name, {})[value] = None
        for tracks in self.programme.all_tracks:
            for key in tracks.options:
                found.setdefault(TRACK, {}).setdefault("track", {})[key] = None
        return {kind: {name: tuple(some) for name, some in names.items()} for kind, names in found.items()}

    @cached_property
    def judged(self) -> Mapping[str, tuple[str, ...]]:
        """The attributes that the criteria look for in a fact, by kind."""
        found: dict[str, dict[str, None]] = {}
        for one in self.programme.fidelity:
            rule = one.criterion
            if rule is None:
                continue
            if rule.having is not None:
                names = (*rule.having.has, *rule.having.has_any, *rule.having.least)
                found.setdefault(rule.having.fact, {}).update(dict.fromkeys(names))
                if rule.having.weigh:
                    found[rule.having.fact][rule.having.weigh] = None
            if rule.few is not None:
                found.setdefault(rule.few.fact, {})[rule.few.by] = None
            if rule.exists is not None:
                found.setdefault(rule.exists.fact, {}).update(dict.fromkeys(rule.exists.where))
        return {kind: tuple(names) for kind, names in found.items()}

    @cached_property
    def effort_kinds(self) -> frozenset[str]:
        """What can happen to an effort that the model counts from, or asks for."""
        kinds = {kind for _rule, start in self._starts() for kind in start.kinds} | set(self.shown)
        return frozenset(kind for kind in kinds if kind.startswith("effort."))

    @cached_property
    def roles(self) -> dict[str, str]:
        """The sector of each role that a professional can fill."""
        return {
            role.key: role.sector
            for role in self.programme.roles
            if role.sector not in ("family", "civil") and not role.aggregates_only
        }

    @cached_property
    def team(self) -> tuple[str, ...]:
        """The roles that answer for something, in the order of the model; the first begins the course."""
        needed = {rule.responsible for rule in self.ready.rules} | self.waits_for
        needed |= {self.programme.baton.starts}
        found = [key for key in self.roles if key in needed]
        first = self.programme.baton.starts
        return (first, *(key for key in found if key != first))

    @cached_property
    def waits_for(self) -> frozenset[str]:
        """The roles whose yes is a step of the model, or takes the coordination."""
        asked = (dict(where).get("role") for where in self.shown.get("contact_person.accepted", []))
        return frozenset(str(role) for role in asked if role) | {self.programme.baton.passes_to}

    def closes(self, rule: Rule) -> bool:
        """Is the step done by closing the course itself?"""
        return any(match.kind == COPIED for match in rule.matches)

    def _starts(self) -> Iterable[tuple[Rule, Start]]:
        for rule in self.ready.rules:
            for start in rule.starts:
                yield rule, start

    def _is_shown(self, kind: str, where: Where) -> bool:
        """Could a step's evidence be a fact of this kind with these values?"""
        return any(agree(shown, where) for shown in self.shown.get(kind, ()))


def agree(one: Iterable[tuple[str, object]], other: Iterable[tuple[str, object]]) -> bool:
    """Is there no attribute of which the two say different things?"""
    said = dict(one)
    return all(said.get(name, value) == value for name, value in other)

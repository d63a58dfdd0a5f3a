"""What a model says of its own steps, by key: phase, where each is from, which law, and for whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samspil.collaboration.courses.queries import CourseHead, in_charge
from samspil.collaboration.programmes.engine import Occurrence
from samspil.collaboration.programmes.engine.plan import Rule
from samspil.collaboration.programmes.language import Programme, Text
from samspil.collaboration.programmes.language.words import mark_of
from samspil.collaboration.programmes.loading import library
from samspil.collaboration.programmes.queries import coming_instrument


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a step is from, and the law it follows (a deadline) or rests on (a duty), with its section."""

    kind: str
    section: str
    rule: Text | None
    is_statutory: bool


def origins(programme: Programme) -> Mapping[str, Origin]:
    """The origin of each step and measure of a programme."""
    provisions = library().provisions
    found: dict[str, Origin] = {}
    for step in programme.steps:
        keys = [step.clock] if step.clock else list(step.duties)
        row = next((provisions[key].as_of(programme.law_on) for key in keys if key in provisions), None)
        section, rule = (row.section, row.words) if row else ("", None)
        found[step.key] = Origin(step.mark.kind, section, rule, step.is_statutory)
    for measure in programme.measures:
        found[measure.key] = Origin(mark_of(measure.provenance).kind, "", None, is_statutory=False)
    return found


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a version says of itself in one language: the same for every course under it."""

    roles: Mapping[str, str]
    named: Mapping[str, Mapping[str, str]]
    """What the keys that facts carry are called, by the name of the attribute."""
    origins: Mapping[str, Origin]
    statutory: frozenset[str]
    """The steps whose deadline the law sets."""


_LAST: list[tuple[Programme, str, Spoken]] = []
_KEPT = 64


def spoken(programme: Programme, language: str) -> Spoken:
    """A version in the reader's language; worked out once for the same object, and the last few are kept."""
    for one, said, ready in _LAST:
        if one is programme and said == language:
            return ready
    roles = {role.key: role.title.said(language) for role in programme.roles}
    named = {
        "tool": {tool.key: tool.title.said(language) for tool in programme.tools},
        "step": {step.key: step.title.said(language) for step in programme.steps},
        "track": {
            key: option.title.said(language)
            for tracks in programme.all_tracks
            for key, option in tracks.options.items()
        },
        "role": roles,
        "to_role": roles,
    }
    known = origins(programme)
    statutory = frozenset(key for key, one in known.items() if one.is_statutory)
    ready = Spoken(roles, named, known, statutory)
    _LAST.insert(0, (programme, language, ready))
    del _LAST[_KEPT:]
    return ready


def said_title(rule: Rule, language: str) -> str:
    """What a page calls a step. An instrument that nobody can answer yet says so."""
    coming = coming_instrument(rule)
    if coming is None:
        return rule.title.said(language)
    return _("%(instrument)s (coming)") % {"instrument": coming.said(language)}


def said_why(one: Occurrence, language: str) -> str:
    """The reason of a step in words; of what cannot be answered yet, that it cannot."""
    if coming_instrument(one.rule) is None:
        return one.why.said(language)
    return _("The questionnaire is not here yet. Nothing is asked of you.")


def law_line(origin: Origin, language: str) -> str:
    """»Barnets lov § 5: …«; empty where no law is named."""
    if not origin.section:
        return ""
    section = origin.section[0].upper() + origin.section[1:]
    if origin.rule is None:
        return section
    first, _stop, _rest = origin.rule.said(language).partition(". ")
    return f"{section}: {first.removesuffix('.')}."


def together(rows: Iterable[Occurrence]) -> list[list[Occurrence]]:
    """The same step in the same state on the same days for several people is one line."""
    groups: dict[tuple[object, ...], list[Occurrence]] = {}
    for one in rows:
        number = 0 if one.person else one.n
        key = (one.step, number, one.due, one.closes, one.state, one.done_on, one.responsible)
        groups.setdefault(key, []).append(one)
    return list(groups.values())


def first_name(name: str) -> str:
    """What one is called in a short line."""
    return name.split(maxsplit=1)[0] if name.strip() else ""


@dataclass(frozen=True, slots=True)
class Casting:
    """Who fills which role, what the people are called, and where each step is from."""

    titles: Mapping[str, str]
    by_role: Mapping[str, Sequence[str]]
    mine: frozenset[str]
    people: Mapping[str, str]
    origins: Mapping[str, Origin]
    programme: Programme
    phones: Mapping[str, tuple[str, str]]
    """By role, the name and number of the first who fills it."""

    def who(self, role: str) -> str:
        """Names and title of who has it: »Karim Saleh, contact person«; the title alone where nobody is."""
        title = self.titles.get(role, role)
        names = self.by_role.get(role, ())
        return f"{', '.join(names)}, {title}" if names else title

    def title_of(self, group: Sequence[Occurrence], language: str) -> str:
        """The step, and for whom where it is for single people."""
        people = [name for one in group if (name := self.person(one))]
        title = said_title(group[0].rule, language)
        return f"{title}: {', '.join(people)}" if people else title

    def person(self, one: Occurrence) -> str:
        """The first name of whom an occurrence is about."""
        return first_name(self.people.get(one.person, "")) if one.person else ""


def casting(found: CourseHead, membership: object, language: str) -> Casting:
    """The cast of a course as its head knows it."""
    by_role: dict[str, list[str]] = {}
    phones: dict[str, tuple[str, str]] = {}
    known = spoken(found.programme, language)
    held = in_charge(found.participants, {found.space: found.programme})
    for one in held:
        by_role.setdefault(one.role, []).append(one.membership.staff.name)
        phones.setdefault(one.role, (one.membership.staff.name, one.membership.staff.phone))
    return Casting(
        titles=known.roles,
        by_role=by_role,
        mine=frozenset(one.role for one in held if one.membership_id == membership),
        people={str(subject): name for subject, name in found.names.items()},
        origins=known.origins,
        programme=found.programme,
        phones=phones,
    )

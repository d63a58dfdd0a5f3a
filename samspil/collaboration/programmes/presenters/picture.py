"""A model as a picture: phases across, who does it down, and each step with where it comes from."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.collaboration.programmes import loading
from samspil.collaboration.programmes.language import Mark, Phase, Programme, Step
from samspil.collaboration.programmes.language.programme import BATON, CoreElement, Measure
from samspil.collaboration.programmes.language.words import Text, mark_of
from samspil.collaboration.programmes.measured import INFORMANTS
from samspil.collaboration.programmes.presenters.timing import due_words

_SECTORS = ("family", "region", BATON, "municipality", "civil", "other", "agency")


@dataclass(frozen=True, slots=True)
class Chip:
    """One step in the picture. `core` is the number of its core element, or nothing.

    `is_weaker`: the deadline is a proposal, though the step itself is not. `section`: of the law it follows
    from. `track`: the only way through the model that has it. `state` and `at` are the mark and the day of
    the step for a family; empty where the picture is of none.
    """

    key: str
    title: str
    when: str
    kind: str
    url: str
    core: int = 0
    is_published: bool = False
    is_weaker: bool = False
    section: str = ""
    track: str = ""
    state: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One measure in the picture: who answers when, and whether the instrument is there yet."""

    title: str
    who: str
    when: str
    kind: str
    is_coming: bool
    is_primary: bool
    state: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """One row: a sector, those who act together, or one role; with its steps by phase."""

    title: str
    who: str
    is_together: bool
    cells: list[list[Chip]]
    phases: Sequence[str] = ()

    @property
    def columns(self) -> list[tuple[str, list[Chip]]]:
        """Each cell with its phase, for whoever reads the row without the head of the table."""
        return list(zip(self.phases, self.cells, strict=True))


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole model: its phases, its rows, and how many steps come from where."""

    phases: list[str]
    bands: list[Band]
    counted: str
    kinds: list[str]
    measures: list[Asked]
    words: list[tuple[str, str]]
    """What a reader must know to read it: word → what it means."""
    core: str = ""
    """The mark that stands beside the number of a core element."""


def picture(
    programme: Programme,
    language: str,
    states: Mapping[str, tuple[str, str]] | None = None,
    planned: Mapping[str, Text] | None = None,
) -> Picture:
    """The picture of one version. A row a sector; a row a role where one sector does it all.

    `states`: for a family, the mark and the day of each step. `planned`: instruments that are not there yet.
    """
    owners = _owners(programme)
    rows = sorted({*owners.values()}, key=lambda row: row.order)
    numbers = core_numbers(programme)
    draw = partial(_chip, programme, numbers, language, states or {})
    bands = [_band(programme, row, owners, draw, language) for row in rows]
    marks = Counter(mark_of(step.provenance) for step in programme.steps)
    return Picture(
        phases=_phases(programme, language),
        bands=bands,
        counted=_counted(marks, len(programme.steps)),
        kinds=[mark.kind for mark in Mark if marks[mark]],
        measures=[_asked(one, planned or {}, language, states or {}) for one in programme.measures],
        words=list(_words(programme, language)),
        core=_core_mark(programme),
    )


def core_numbers(programme: Programme) -> dict[str, tuple[int, CoreElement]]:
    """The number of each core element, as it stands in picture and list."""
    return {one.key: (number, one) for number, one in enumerate(programme.core_elements, 1)}


@dataclass(frozen=True, slots=True)
class _Row:
    order: tuple[int, int]
    sector: str
    role: str = ""


def _owners(programme: Programme) -> dict[str, _Row]:
    """The row of each responsible role."""
    roles = {role.key: (index, role) for index, role in enumerate(programme.roles)}
    used = {step.responsible for step in programme.steps}
    sectors = {roles[key][1].sector for key in used if key != BATON} - {"family"}
    by_role = len(sectors) == 1
    found: dict[str, _Row] = {}
    for key in used:
        sector = BATON if key == BATON else roles[key][1].sector
        place = _SECTORS.index(sector)
        if by_role and sector not in {BATON, "family"}:
            found[key] = _Row((place, roles[key][0]), sector, key)
        else:
            found[key] = _Row((place, 0), sector)
    return found


def _band(
    programme: Programme,
    row: _Row,
    owners: dict[str, _Row],
    draw: Callable[[Step], Chip],
    language: str,
) -> Band:
    titles = {role.key: role.title.said(language) for role in programme.roles}
    names = [titles[key] for key in titles if owners.get(key) == row]
    mine = [step for step in programme.steps if owners[step.responsible] == row]
    if row.role:
        does = next(role.does.said(language) for role in programme.roles if role.key == row.role)
        title, who = titles[row.role], does
    elif row.sector == BATON:
        title, who = _("Together"), _("whoever holds the baton")
    else:
        title, who = _sector(row.sector), ", ".join(names)
    cells = [[draw(step) for step in _of(phase, mine)] for phase in programme.phases]
    return Band(title, who, row.sector == BATON, cells, _phases(programme, language))


def _phases(programme: Programme, language: str) -> list[str]:
    return [f"{number} {phase.title.said(language)}" for number, phase in enumerate(programme.phases, 1)]


def _of(phase: Phase, steps: Sequence[Step]) -> Iterable[Step]:
    return (step for step in phase.steps if step in steps)


def _chip(
    programme: Programme,
    numbers: dict[str, tuple[int, CoreElement]],
    language: str,
    states: Mapping[str, tuple[str, str]],
    step: Step,
) -> Chip:
    number, element = numbers.get(step.core_element or "", (0, None))
    return Chip(
        key=step.key,
        title=step.title.said(language),
        when=due_words(programme, step).said(language),
        kind=mark_of(step.provenance).kind,
        url=_url(programme, step),
        core=number,
        is_published=element is not None and element.is_published,
        is_weaker=step.mark is Mark.PROPOSAL and mark_of(step.provenance) is not Mark.PROPOSAL,
        section=_section(programme, step),
        track=_track(programme, step, language),
        state=states.get(step.key, ("", ""))[0],
        at=states.get(step.key, ("", ""))[1],
    )


def _url(programme: Programme, step: Step) -> str:
    """The page of the step; an authority's own step stands on the page of its variant."""
    if step.is_own:
        return f"#{step.key}"
    return reverse("programmes:step", args=[programme.key, programme.version, step.key])


def _asked(
    one: Measure, planned: Mapping[str, Text], language: str, states: Mapping[str, tuple[str, str]]
) -> Asked:
    coming = planned.get(one.instrument)
    mark, at = states.get(one.key, ("", ""))
    return Asked(
        title=coming.said(language) if coming else one.instrument.upper(),
        who=str(INFORMANTS.get(one.informant, one.informant)),
        when=_rounds([each.at for each in one.rounds]),
        kind=mark_of(one.provenance).kind,
        is_coming=coming is not None,
        is_primary=one.primary,
        state=mark,
        at=at,
    )


def _rounds(times: Sequence[str]) -> str:
    """»ved start og efter 6, 12 og 24 måneder«, where all later rounds are counted alike."""
    later = [at for at in times if at != "start"]
    if len(later) < len(times) and len(later) > 1 and all(at.endswith("M") for at in later):
        numbers = [at[1:-1] for at in later]
        return _("at the start and after %(numbers)s months") % {"numbers": _listed(numbers)}
    return ", ".join(map(_round, times))


def _listed(words: Sequence[str]) -> str:
    return _(" and ").join(one for one in (", ".join(words[:-1]), words[-1]) if one)


def _round(at: str) -> str:
    if at == "start":
        return _("at the start")
    number, unit = int(at[1:-1]), at[-1]
    if unit == "W":
        return ngettext("after %(n)s week", "after %(n)s weeks", number) % {"n": number}
    return ngettext("after %(n)s month", "after %(n)s months", number) % {"n": number}


def _section(programme: Programme, step: Step) -> str:
    """The section that a step of the law follows from."""
    key = step.clock or step.due.clock
    if key is None or mark_of(step.provenance) is not Mark.LAW:
        return ""
    return loading.library().provisions[key].as_of(programme.law_on).section


def _track(programme: Programme, step: Step, language: str) -> str:
    """The way that alone has the step, unless it is the usual one."""
    tracks = programme.tracks
    if tracks is None or len(step.tracks) != 1 or step.tracks[0] == tracks.default:
        return ""
    return tracks.options[step.tracks[0]].title.said(language)


def _core_mark(programme: Programme) -> str:
    if not programme.core_elements:
        return ""
    return "core" if all(one.is_published for one in programme.core_elements) else "core-recommended"


def _words(programme: Programme, language: str) -> Iterable[tuple[str, str]]:
    yield _("Start"), _("is the day the course is opened.")
    titles = {role.key: role.title.said(language) for role in programme.roles}
    starts, passes = titles.get(programme.baton.starts, ""), titles.get(programme.baton.passes_to, "")
    if any(step.responsible == BATON for step in programme.steps):
        said = _("is the duty to hold the threads. One person has it, until the next has said yes.")
        if passes and passes != starts:
            said += " " + _("First: %(first)s. Then: %(then)s.") % {"first": starts, "then": passes}
        yield _("The baton"), said
    tracks = programme.tracks
    if tracks and not any(one.every for one in tracks.options.values()):
        names = [one.title.said(language) for one in tracks.options.values()]
        usual = tracks.options[tracks.default].title.said(language)
        yield (
            _("Track"),
            _(
                "is the way a course takes: %(names)s. "
                "Steps without a track's name belong to %(usual)s or to both."
            )
            % {"names": _(" or ").join(names), "usual": usual},
        )


def _sector(sector: str) -> str:
    return {
        "family": _("The family"),
        "region": _("Region"),
        "municipality": _("Municipality"),
        "civil": _("Network and civil society"),
        "agency": _("Agency"),
    }.get(sector, _("Others"))


def _counted(marks: Counter[Mark], total: int) -> str:
    words = {
        Mark.SEED: _("%(n)s from the project description"),
        Mark.FOUND: _("%(n)s from another source"),
        Mark.LAW: _("%(n)s follows from the law"),
        Mark.PROPOSAL: _("%(n)s is a proposal"),
        Mark.OWN: _("%(n)s you have added yourselves"),
    }
    parts = [words[mark] % {"n": marks[mark]} for mark in Mark if marks[mark]]
    return _("%(total)s steps: %(parts)s.") % {"total": total, "parts": ", ".join(parts)}

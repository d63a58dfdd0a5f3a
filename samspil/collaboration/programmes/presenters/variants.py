"""How an authority runs a model, beside the version its owner wrote: always as a list that can be read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.collaboration.programmes import offers
from samspil.collaboration.programmes.language import Programme, Step, Variant
from samspil.collaboration.programmes.language.programme import BATON
from samspil.collaboration.programmes.language.variant import (
    Difference,
    Lock,
    Part,
    differences,
    left_behind,
    lock_of,
    missing_core,
)
from samspil.collaboration.programmes.measured import measure_title
from samspil.collaboration.programmes.models import Adoption
from samspil.collaboration.programmes.presenters.picture import Picture, core_numbers, picture
from samspil.collaboration.programmes.presenters.timing import due_words
from samspil.collaboration.programmes.presenters.tried import state_of
from samspil.collaboration.programmes.presenters.versions import version_words
from samspil.collaboration.programmes.queries import LocalVersion, Published
from samspil.collaboration.programmes.rules.publishing import successor

SHORT = 12
"""So many signs of a content hash tell two versions apart for a person."""


@dataclass(frozen=True, slots=True)
class Line:
    """One difference: what, why, and `mark` for what is the authority's own."""

    text: str
    reason: str = ""
    mark: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Leave:
    """One part that may be left out, or (`lock`) why it may not. `value` is what the form sends."""

    value: str
    title: str
    lock: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class LeaveGroup:
    """A core element with its steps; without a number, the steps of no core element."""

    number: int
    head: Leave
    steps: tuple[Leave, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """One own step in words."""

    key: str
    title: str
    what: str
    phase: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class VariantPage:
    """Everything on the page of one authority's way of running a model."""

    title: str
    authority: str
    version: str
    model_url: str
    draft: str
    since: str
    hash: str
    initiative: str
    reason: str
    lines: list[Line]
    missing: list[str]
    own: list[Own]
    picture: Picture
    is_yours: bool
    change_url: str
    newer: "Newer | None" = None


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One model in the list of an authority's own."""

    title: str
    version: str
    url: str
    draft: str
    state: str
    differences: str
    change_url: str
    stop_url: str
    initiative: str = ""
    newer: "Newer | None" = None


@dataclass(frozen=True, slots=True)
class Newer:
    """The version that follows the one an authority runs: where it stands, what is new, how to change."""

    version: str
    state: str
    mark: str
    compare_url: str
    change_url: str


@dataclass(frozen=True, slots=True)
class SideBySide:
    """All variants of a version: authorities across, what any of them does differently down."""

    authorities: list[tuple[str, str]]
    rows: list[tuple[str, list[tuple[str, str]]]]
    """Each with a cell for each authority: its name, and what it does (empty: as written)."""


def difference_lines(
    programme: Programme, variant: Variant, language: str, *, is_linked: bool = False
) -> list[Line]:
    """What a variant changes, in words; `is_linked` where the own steps stand on the same page."""
    measures = {one.key: measure_title(one, language) for one in programme.measures}
    return [_line(one, measures, language, is_linked=is_linked) for one in differences(programme, variant)]


def _line(one: Difference, measures: Mapping[str, str], language: str, *, is_linked: bool) -> Line:
    is_own = one.kind == "added"
    measure = measures.get(one.key) if one.kind == "left-out" else None
    return Line(
        text=_("Left out: %(title)s") % {"title": measure} if measure else one.text.said(language),
        reason=one.reason.said(language) if one.reason else "",
        mark="adaptation" if is_own else "",
        anchor=one.key if is_own and is_linked else "",
    )


def left_behind_lines(before: Programme, variant: Variant, carried_on: Variant, language: str) -> list[Line]:
    """What the other version has no room for, in words."""
    measures = {one.key: measure_title(one, language) for one in before.measures}
    found = left_behind(before, variant, carried_on)
    return [_line(one, measures, language, is_linked=False) for one in found]


def missing_titles(programme: Programme, variant: Variant, language: str) -> list[str]:
    """The titles of the core elements that are left out."""
    titles = {one.key: one.title.said(language) for one in programme.core_elements}
    return [titles[key] for key in missing_core(programme, variant)]


def leave_groups(programme: Programme, language: str) -> list[LeaveGroup]:
    """Everything a variant may leave out, and what it may not, with why."""
    numbers = core_numbers(programme)
    groups = []
    for element in programme.core_elements:
        head = _leave(programme, "core_element", element.key, element.title.said(language))
        steps = [step for step in programme.steps if step.core_element == element.key]
        groups.append(LeaveGroup(numbers[element.key][0], head, _leaves(programme, steps, language)))
    others = [step for step in programme.steps if step.core_element not in numbers]
    if others:
        groups.append(
            LeaveGroup(0, Leave("", _("Steps of no core element")), _leaves(programme, others, language))
        )
    tools = [_leave(programme, "tool", one.key, one.title.said(language)) for one in programme.tools]
    measures = [
        _leave(programme, "measure", one.key, measure_title(one, language)) for one in programme.measures
    ]
    parts = ((_("Tools"), tools), (_("Measures"), measures))
    return groups + [LeaveGroup(0, Leave("", title), tuple(found)) for title, found in parts if found]


def _leaves(programme: Programme, steps: Sequence[Step], language: str) -> tuple[Leave, ...]:
    return tuple(_leave(programme, "step", step.key, step.title.said(language)) for step in steps)


def _leave(programme: Programme, part: Part, key: str, title: str) -> Leave:
    lock = lock_of(programme, part, key)
    if lock is Lock.LAW and part == "core_element":
        return Leave(
            "", title, _("It holds a step of the law. The other steps can be left out one by one."), "by-law"
        )
    if lock is Lock.LAW:
        return Leave("", title, _("It follows from the law and cannot be left out."), "by-law")
    if lock is Lock.NEEDED:
        return Leave("", title, _("A step is done by it. Leave the step out instead."))
    if lock is Lock.CORE and part in {"tool", "measure"}:
        why = _("It belongs to a core element that %(owner)s has published.")
        return Leave("", title, why % {"owner": programme.owner.name}, "core")
    if lock is Lock.CORE:
        why = _("%(owner)s has published it as a core element, and the model is taken up as a whole.")
        return Leave("", title, why % {"owner": programme.owner.name}, "core")
    return Leave(f"{part}:{key}", title)


def own_lines(programme: Programme, variant: Variant, language: str) -> list[Own]:
    """The steps an authority has added, each as a person would tell it."""
    titles = {role.key: role.title.said(language) for role in programme.roles}
    phases = {phase.key: phase.title.said(language) for phase in programme.phases}
    return [
        Own(
            key=one.step.key,
            title=one.step.title.said(language),
            what=one.step.summary.said(language),
            phase=phases[one.phase],
            who=_("Whoever holds the baton")
            if one.step.responsible == BATON
            else titles[one.step.responsible],
            when=due_words(programme, one.step).said(language),
        )
        for one in variant.adds
    ]


def variant_page(
    local: LocalVersion,
    rows: Sequence[Adoption],
    language: str,
    *,
    is_yours: bool,
    draft: str,
    after: Newer | None = None,
) -> VariantPage:
    """How one authority runs a version. `rows` are the versions of its adoption, newest first."""
    own = [row for row in rows if row.runs_id == local.pk]
    newest = own[0]
    first = own[-1]
    until = next((row.starts for row in reversed(rows) if row.number > newest.number), None)
    written = local.written
    address = [written.key, written.version]
    return VariantPage(
        title=written.title.said(language),
        authority=local.authority_name,
        version=version_words(written.version),
        model_url=reverse("programmes:model", args=address),
        draft=draft,
        since=_period(first.starts, until),
        hash=newest.content_hash[:SHORT],
        initiative=_initiative(newest.initiative, language),
        reason=newest.reason,
        lines=difference_lines(written, local.variant, language, is_linked=True),
        missing=missing_titles(written, local.variant, language),
        own=own_lines(written, local.variant, language),
        picture=picture(local.programme, language),
        is_yours=is_yours,
        change_url=reverse("programmes:adopt", args=address) if is_yours and until is None else "",
        newer=after if is_yours and until is None else None,
    )


def _period(starts: date, until: date | None) -> str:
    if until is None:
        return _("From %(day)s") % {"day": date_format(starts, "j. F Y")}
    return _("From %(day)s, until %(until)s") % {
        "day": date_format(starts, "j. F Y"),
        "until": date_format(until, "j. F Y"),
    }


def _initiative(key: str, language: str) -> str:
    return next((one.title.said(language) for one in offers.offers() if one.initiative == key), "")


def newer(
    written: Programme, known: Iterable[Programme], published: Mapping[tuple[str, str], Published]
) -> Newer | None:
    """That the owner has written a newer version, for who runs this one."""
    found = successor(written, known, published)
    if found is None:
        return None
    state, mark = state_of(found, published)
    address = f"{written.key}/{written.version}", f"{found.key}/{found.version}"
    return Newer(
        version=version_words(found.version),
        state=state,
        mark=mark,
        compare_url=f"{reverse('programmes:compare')}?a={address[0]}&b={address[1]}",
        change_url=reverse("programmes:adopt", args=[found.key, found.version]),
    )


def own_rows(
    adoptions: Iterable[tuple[Adoption, Programme, Variant]],
    known: Sequence[Programme],
    published: Mapping[tuple[str, str], Published],
    today: date,
    language: str,
) -> list[OwnRow]:
    """The models of an authority: those in use and to come, then those it has stopped using."""
    return [
        _own_row(
            row,
            written,
            variant,
            None if row.is_end else newer(written, known, published),
            today,
            language,
        )
        for row, written, variant in sorted(adoptions, key=lambda one: one[0].is_end)
    ]


def _own_row(
    row: Adoption, written: Programme, variant: Variant, after: Newer | None, today: date, language: str
) -> OwnRow:
    number = len(differences(written, variant))
    day = {"day": date_format(row.starts, "j. F Y")}
    if row.is_end:
        state = _("Not used from %(day)s") % day
    else:
        state = (_("In use since %(day)s") if row.starts <= today else _("Begins %(day)s")) % day
    address = [written.key, written.version]
    is_changed = row.runs_id != row.base_id
    return OwnRow(
        title=written.title.said(language),
        version=version_words(written.version),
        url=reverse("programmes:variant", args=[row.runs_id])
        if is_changed
        else reverse("programmes:model", args=address),
        draft=written.draft_notice.said(language) if written.draft_notice else "",
        newer=after,
        state=state,
        differences=ngettext("%(number)d difference", "%(number)d differences", number) % {"number": number}
        if number
        else _("As the owner wrote it"),
        change_url=reverse("programmes:adopt", args=address),
        stop_url="" if row.is_end else reverse("programmes:stop", args=[written.key]),
        initiative=_initiative(row.initiative, language),
    )


def side_by_side(found: Sequence[tuple[LocalVersion, Adoption]], language: str) -> SideBySide:
    """Who does what differently, one row for each thing anybody does differently. No number of families."""
    said: dict[str, dict[int, str]] = {}
    for index, (local, _row) in enumerate(found):
        for line in difference_lines(local.written, local.variant, language):
            said.setdefault(line.text, {})[index] = line.reason or _("yes")
    return SideBySide(
        authorities=[
            (
                local.authority_name,
                reverse("programmes:variant", args=[local.pk]) if local.pk != local.base else "",
            )
            for local, _row in found
        ],
        rows=[
            (text, [(local.authority_name, cells.get(at, "")) for at, (local, _row) in enumerate(found)])
            for text, cells in said.items()
        ],
    )

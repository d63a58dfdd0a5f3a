"""What a draft would do to invented families, in words; and where each version of an owner stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samspil.collaboration.programmes.engine import State
from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.programmes.presenters.versions import version_words
from samspil.collaboration.programmes.queries import Published
from samspil.collaboration.programmes.rules.trying import Moved, Tried
from samspil.foundation.kernel.clock import day_of
from samspil.foundation.kernel.decisions import Text as Said

KINDS: dict[str, Said] = {
    "appears": gettext_lazy("Appears"),
    "vanishes": gettext_lazy("Vanishes"),
    "moves": gettext_lazy("Moves"),
    "changes": gettext_lazy("Stands otherwise"),
}
STATES: dict[State, Said] = {
    State.NOT_DUE: gettext_lazy("not due yet"),
    State.OPEN: gettext_lazy("may be done now"),
    State.DUE: gettext_lazy("due"),
    State.LATE: gettext_lazy("late"),
    State.DONE: gettext_lazy("done"),
    State.DONE_LATE: gettext_lazy("done late"),
    State.MISSED: gettext_lazy("missed"),
    State.EXCUSED: gettext_lazy("left out with a reason"),
    State.NOT_RELEVANT: gettext_lazy("not relevant"),
}
RESULTS: dict[str, Said] = {
    "yes": gettext_lazy("in the target group"),
    "no": gettext_lazy("not in the target group"),
    "unknown": gettext_lazy("not known whether in the target group"),
}


@dataclass(frozen=True, slots=True)
class MovedLine:
    """One thing that differs for a family."""

    word: str
    title: str
    before: str
    after: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class TriedFamily:
    """One invented family: what differs for it."""

    title: str
    on: str
    told: str
    lines: tuple[MovedLine, ...]
    unread: str = ""


@dataclass(frozen=True, slots=True)
class OwnedRow:
    """One version of an owner: draft, published or superseded; and what the owner can do."""

    title: str
    version: str
    url: str
    state: str
    mark: str
    hash: str
    trial_url: str
    variants_url: str
    publish_url: str
    compare_url: str


def tried_family(one: Tried, *, has_before: bool, language: str) -> TriedFamily:
    """One family on the page of a trial."""
    return TriedFamily(
        title=one.title.said(language),
        on=date_format(one.on, "j. F Y"),
        told=_told(one, has_before=has_before),
        lines=tuple(_lines(one.moved, language)),
        unread=one.unread,
    )


def _told(one: Tried, *, has_before: bool) -> str:
    steps = ngettext("%(number)d moment in the course", "%(number)d moments in the course", one.steps)
    said = [steps % {"number": one.steps}]
    before, after = one.eligible
    if before and before != after:
        said.append(f"{RESULTS[before]} → {RESULTS[after]}")
    elif after:
        said.append(str(RESULTS[after]))
    if has_before and not one.moved:
        said.append(_("nothing differs from the version before"))
    return " · ".join(said)


def _lines(moved: Iterable[Moved], language: str) -> Iterable[MovedLine]:
    """One line a step and kind of difference: the first time of a rhythm, and how many more there are."""
    grouped: dict[tuple[str, str], list[Moved]] = {}
    for one in moved:
        grouped.setdefault((one.kind, one.step), []).append(one)
    for first, *others in grouped.values():
        yield MovedLine(
            word=str(KINDS[first.kind]),
            title=first.title.said(language),
            before=_seen(first.before),
            after=_seen(first.after),
            more=_more(len(others)),
        )


def _more(number: int) -> str:
    said = ngettext("and %(number)d time more", "and %(number)d times more", number)
    return said % {"number": number} if number else ""


def _seen(seen: tuple[date | datetime | None, State] | None) -> str:
    if seen is None:
        return "–"
    due, state = seen
    if due is None:
        return str(STATES[state])
    day = day_of(due) if isinstance(due, datetime) else due
    return f"{date_format(day, 'j. F Y')}, {STATES[state]}"


def owned_rows(
    programmes: Iterable[Programme], published: Mapping[tuple[str, str], Published], language: str
) -> list[OwnedRow]:
    """The versions of an owner, by model and version."""
    return [_owned(one, published, language) for one in programmes]


def _owned(one: Programme, published: Mapping[tuple[str, str], Published], language: str) -> OwnedRow:
    address = [one.key, one.version]
    state, mark = state_of(one, published)
    known = published.get((one.key, one.version))
    compare = ""
    if one.supersedes:
        compare = f"{reverse('programmes:compare')}?a={one.key}/{one.supersedes}&b={one.key}/{one.version}"
    return OwnedRow(
        title=one.title.said(language),
        version=version_words(one.version),
        url=reverse("programmes:model", args=address),
        state=state,
        mark=mark,
        hash=known.content_hash[:12] if known else "",
        trial_url=reverse("programmes:trial", args=address),
        variants_url=reverse("programmes:variants", args=address),
        publish_url="" if known else reverse("programmes:publish", args=address),
        compare_url=compare,
    )


def state_of(one: Programme, published: Mapping[tuple[str, str], Published]) -> tuple[str, str]:
    """Draft, published or superseded, in words and as a tone."""
    later = next(
        (row for row in published.values() if row.key == one.key and row.supersedes == one.version), None
    )
    if later:
        words = {"version": version_words(later.version), "day": date_format(later.on, "j. F Y")}
        return _("Superseded by %(version)s on %(day)s") % words, "plain"
    known = published.get((one.key, one.version))
    if known:
        return _("Published on %(day)s") % {"day": date_format(known.on, "j. F Y")}, "accent"
    if one.owner.approved:
        return _("Approved by its owner"), "accent"
    return _("Draft"), "dashed"

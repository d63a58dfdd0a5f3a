"""The pages of the law: every provision, what somebody must read anew, and who uses it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.collaboration.programmes import statutes
from samspil.collaboration.programmes.engine import reasons
from samspil.collaboration.programmes.language.law import Age, Clock, Duty, LawReview, Row
from samspil.collaboration.programmes.loading import Library
from samspil.collaboration.programmes.presenters.about import Link
from samspil.collaboration.programmes.presenters.timing import often
from samspil.collaboration.programmes.presenters.versions import version_words
from samspil.collaboration.programmes.statutes import Due, Provision, Use, Why
from samspil.foundation.web.further import Further, Topic, about

MARKS = {
    Why.CHANGED: "late",
    Why.ENDED: "late",
    Why.COMING: "soon",
    Why.UNVERIFIED: "unknown",
    Why.OLD: "soon",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody must read it anew: the mark, the words and what is behind them."""

    kind: str
    word: str
    note: str


@dataclass(frozen=True, slots=True)
class Line:
    """One provision in the list."""

    section: str
    title: str
    url: str
    kind: str
    checked: str
    used: str
    reasons: list[Reason]


@dataclass(frozen=True, slots=True)
class Statute:
    """One act with what is taken from it."""

    title: str
    reference: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class LawPage:
    """All provisions, and first those that somebody must read anew."""

    counted: str
    how_often: str
    anew: list[Line]
    statutes: list[Statute]


@dataclass(frozen=True, slots=True)
class Version:
    """One row of a provision: what it said, and when."""

    period: str
    text: str
    changed: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class User:
    """Something that rests on a provision. `behind` says since when it should have been looked through."""

    text: str
    url: str
    note: str
    open: str
    behind: str


@dataclass(frozen=True, slots=True)
class Group:
    """A model in one version, or another room of the house, with what there rests on the provision."""

    title: str
    note: str
    users: list[User]


@dataclass(frozen=True, slots=True)
class ProvisionPage:
    """One provision: what it says, how it was checked, what has changed, and who uses it."""

    section: str
    statute: str
    reference: str
    kind: str
    text: str
    deadline: str
    breach: str
    age: str
    areas: list[str]
    checked: str
    since: str
    source: Link
    reasons: list[Reason]
    versions: list[Version]
    groups: list[Group]
    behind: list[User]


def law_page(library: Library, rhythm: LawReview, today: date, language: str) -> LawPage:
    """Every provision, act by act; above, what is due to be read anew, most pressing first."""
    whys = {key: _due(library, one, rhythm, today) for key, one in library.provisions.items()}
    lines = {key: _line(library, one, whys[key], today, language) for key, one in library.provisions.items()}
    anew = sorted((key for key in lines if whys[key]), key=lambda key: list(Why).index(whys[key][0].why))
    return LawPage(
        counted=_("%(all)s provisions, %(anew)s to be read anew.") % {"all": len(lines), "anew": len(anew)},
        how_often=_("Each is read anew %(often)s.") % {"often": often(rhythm.interval).said(language)}
        + f" {rhythm.why.said(language)}",
        anew=[lines[key] for key in anew],
        statutes=[
            Statute(
                law.title.said(language), law.reference,
                [lines[key] for key in dict.fromkeys(row.key for row in law.rows)],
            )
            for law in library.laws
        ],
    )  # fmt: skip


def provision_page(
    one: Provision, library: Library, rhythm: LawReview, today: date, language: str
) -> ProvisionPage:
    """One provision in the reader's language."""
    row = one.as_of(today)
    source = library.sources[row.source]
    groups = [*_models(library, one, today, language), *_others(one, today, language)]
    return ProvisionPage(
        section=row.section,
        statute=one.law.title.said(language),
        reference=one.law.reference,
        kind=_kind(row),
        text=row.words.said(language),
        deadline=row.title.said(language) if isinstance(row, Clock) else "",
        breach=row.breach.said(language) if isinstance(row, Clock) else "",
        age=_("%(age)s years") % {"age": row.age} if isinstance(row, Age) and row.age else "",
        areas=[area.said(language) for area in row.areas] if isinstance(row, Duty) else [],
        checked=_day(row.checked_on, language),
        since=_day(row.valid_from, language),
        source=Link(source.said(language), source.url),
        reasons=[_reason(due, row, one, language) for due in _due(library, one, rhythm, today)],
        versions=[_version(other, is_now=other is row, language=language) for other in reversed(one.rows)],
        groups=groups,
        behind=[user for group in groups for user in group.users if user.behind],
    )


def _due(library: Library, one: Provision, rhythm: LawReview, today: date) -> tuple[Due, ...]:
    behind = any(_use_behind(one, use, today) for use in library.uses.get(one.key, ())) or any(
        statutes.changed_since(one, told.on, today) for told in about(Topic.USES, one.key, "da") if told.on
    )
    return statutes.due(one, today, rhythm.interval, is_behind=behind)


def _use_behind(one: Provision, use: Use, today: date) -> Row | None:
    return statutes.changed_since(one, use.programme.law_on, today, use.name)


def _line(library: Library, one: Provision, whys: Sequence[Due], today: date, language: str) -> Line:
    row = one.as_of(today)
    return Line(
        section=row.section,
        title=row.words.said(language),
        url=reverse("law:provision", args=[one.key]),
        kind=_kind(row),
        checked=_day(row.checked_on, language),
        used=_used(library, one.key, language),
        reasons=[_reason(due, row, one, language) for due in whys],
    )


def _used(library: Library, key: str, language: str) -> str:
    count = len(library.uses.get(key, ())) + len(about(Topic.USES, key, language))
    if not count:
        return _("Nothing here uses it.")
    return ngettext("Used in %(n)s place", "Used in %(n)s places", count) % {"n": count}


def _reason(due: Due, row: Row, one: Provision, language: str) -> Reason:
    day = _day(due.on, language)
    words = {
        Why.CHANGED: _("The law has changed"),
        Why.ENDED: _("No longer in force"),
        Why.COMING: _("A change is coming"),
        Why.UNVERIFIED: _("Not checked in the law itself"),
        Why.OLD: _("Checked long ago"),
    }
    notes = {
        Why.CHANGED: _("Since %(day)s. Not everything that uses it has been looked through.") % {"day": day},
        Why.ENDED: _("It ended on %(day)s, and nothing has followed.") % {"day": day},
        Why.COMING: f"{day}. {_coming(row, one, due.on, language)}",
        Why.UNVERIFIED: row.unverified.said(language) if row.unverified else "",
        Why.OLD: _("Should have been read anew by %(day)s.") % {"day": day},
    }
    return Reason(MARKS[due.why], words[due.why], notes[due.why])


def _coming(row: Row, one: Provision, on: date, language: str) -> str:
    later = next((other for other in one.rows if other.valid_from == on), None)
    text = later.changed if later else row.coming.text if row.coming else None
    return text.said(language) if text else ""


def _kind(row: Row) -> str:
    if isinstance(row, Clock):
        return _("Deadline")
    return _("Age") if isinstance(row, Age) else _("Duty or right")


def _version(row: Row, *, is_now: bool, language: str) -> Version:
    first = _day(row.valid_from, language)
    period = _("from %(first)s") % {"first": first}
    if row.valid_to:
        period = _("%(first)s to %(last)s") % {"first": first, "last": _day(row.valid_to, language)}
    changed = row.changed.said(language) if row.changed else ""
    return Version(period, row.words.said(language), changed, is_now)


def _models(library: Library, one: Provision, today: date, language: str) -> Iterator[Group]:
    found: dict[str, list[Use]] = {}
    for use in library.uses.get(one.key, ()):
        found.setdefault(use.name, []).append(use)
    for uses in found.values():
        programme = uses[0].programme
        users = [_user(one, use, today, language) for use in uses]
        yield Group(programme.title.said(language), version_words(programme.version), users)


def _user(one: Provision, use: Use, today: date, language: str) -> User:
    programme, step = use.programme, use.step
    behind = _behind(_use_behind(one, use, today), language)
    if step is None:
        url = reverse("programmes:model", args=[programme.key, programme.version])
        return User(_("The model as a whole"), url, "", "", behind)
    url = reverse("programmes:step", args=[programme.key, programme.version, step.key])
    note = _("The deadline of the step") if one.key in (step.clock, step.due.clock) else ""
    return User(step.title.said(language), url, note, "", behind)


def _others(one: Provision, today: date, language: str) -> Iterator[Group]:
    """What other rooms of the house tell: texts of the catalogue, rules about sharing and ages."""
    told = about(Topic.USES, one.key, language)
    for is_text, title in ((True, _("Idea catalogue")), (False, _("Samspil itself"))):
        users = [_told(one, further, today, language) for further in told if bool(further.url) is is_text]
        if users:
            yield Group(title, "", users)


def _told(one: Provision, further: Further, today: date, language: str) -> User:
    note = further.label
    if further.on:
        checked = _("checked %(day)s") % {"day": _day(further.on, language)}
        note = f"{note}, {checked}" if note else checked
    row = statutes.changed_since(one, further.on, today) if further.on else None
    return User(further.text, further.url, note, further.note, _behind(row, language))


def _behind(row: Row | None, language: str) -> str:
    if row is None:
        return ""
    return _("To be looked through: the law changed on %(day)s.") % {"day": _day(row.valid_from, language)}


def _day(day: date, language: str) -> str:
    return reasons.spelled_day(day).said(language)

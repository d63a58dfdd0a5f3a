"""Bases and previews, shaped for reading: states with their words, topics as columns, items by kind."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from samspil.collaboration.sharing import law, rules
from samspil.collaboration.sharing.models import Answer, Basis, Way
from samspil.collaboration.sharing.queries import Foreseen
from samspil.collaboration.sharing.rules import Standing
from samspil.foundation.kernel.decisions import Text
from samspil.foundation.kernel.sharing import PURPOSE_LABELS, Category, HolderKind, Purpose
from samspil.foundation.organisations.models import Membership, Unit
from samspil.foundation.web.further import Further

MARKS = {
    Standing.GIVEN: ("done", gettext_lazy("Given")),
    Standing.LIMITED: ("limited", gettext_lazy("Limited")),
    Standing.LAWFUL: ("statutory", gettext_lazy("By law")),
    Standing.REFUSED: ("refused", gettext_lazy("Said no")),
    Standing.EXPIRED: ("expired", gettext_lazy("Expired")),
    Standing.WITHDRAWN: ("withdrawn", gettext_lazy("Withdrawn")),
    Standing.STOPPED: ("withdrawn", gettext_lazy("Stopped")),
    Standing.COMING: ("not-yet", gettext_lazy("Begins later")),
    Standing.NOT_ASKED: ("not-asked", gettext_lazy("Not asked")),
}
"""A mark and its words for each state, as in the grid."""

KINDS: dict[str, Text] = {
    "basis": gettext_lazy("Consent or legal ground"),
    "person": gettext_lazy("Record of a person"),
    "tie": gettext_lazy("Tie between persons"),
    "note": pgettext_lazy("a kind of item", "Note"),
    "goal": gettext_lazy("Goal"),
    "agreement": gettext_lazy("Agreement"),
    "effort": gettext_lazy("Effort"),
    "minutes": gettext_lazy("Minutes"),
    "fact": gettext_lazy("Event"),
    "document": gettext_lazy("Document"),
}
"""How kinds of items are called in a preview; an app above adds its own with `name_kind`."""


def name_kind(kind: str, label: Text) -> None:
    """Say how a kind of item is called."""
    KINDS[kind] = label


def shortened(written: Sequence[Basis], wanted: date | None) -> str:
    """That a yes does not hold as long as was written, and until when it does; nothing where it does."""
    ends = min((basis.ends for basis in written), default=None)
    if wanted is None or ends is None or ends > wanted:
        return ""
    last_day = date_format(ends - timedelta(days=1), "j. F Y")
    return _(
        "It holds until %(day)s, not as long as you wrote: a yes holds for 12 months at most, and not longer "
        "than those who answered decide. Ask again before that day."
    ) % {"day": last_day}


@dataclass(frozen=True, slots=True)
class Line:
    """One basis in words."""

    basis: Basis
    topic: Text
    receiver: str
    purpose: Text
    mark: str
    word: Text
    note: str
    may_end: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """Topics about which the same was said: by whom, on which day, and which unit shares on it."""

    lines: tuple[Line, ...]
    who: str

    @property
    def first(self) -> Line:
        """What is said of all of them."""
        return self.lines[0]


@dataclass(frozen=True, slots=True)
class ReceiverBlock:
    """One receiver and purpose: what was answered, and the topics nobody has answered about."""

    receiver: str
    purpose: Text
    answers: list[Answered]
    not_asked: list[Text]
    one_way: str = ""
    """Which units share with the reader's, while the reader's own shares nothing of it back."""


def line(basis: Basis, today: date, *, unit: UUID | None) -> Line:
    """A basis as a line; `unit` is the reader's: only who wrote it can stop it."""
    standing = rules.standing_of(basis, today)
    mark, word = MARKS[standing]
    running = basis.state == Basis.State.GIVEN and basis.ends > today
    return Line(
        basis,
        Category(basis.category).label,
        receiver_name(basis),
        PURPOSE_LABELS[Purpose(basis.purpose)],
        mark,
        word,
        _note(basis, standing),
        may_end=running and basis.unit_id == unit,
    )


def _note(basis: Basis, standing: Standing) -> str:
    last_day = basis.ends - timedelta(days=1)
    if standing in {Standing.GIVEN, Standing.LIMITED, Standing.LAWFUL} and basis.ended_on:
        last_day = basis.ended_on - timedelta(days=1)
    words: dict[Standing, tuple[str, date | None]] = {
        Standing.GIVEN: (_("until %(day)s"), last_day),
        Standing.LIMITED: (_("only what is written, until %(day)s"), last_day),
        Standing.LAWFUL: (_("until %(day)s"), last_day),
        Standing.REFUSED: (_("on %(day)s"), basis.said_on),
        Standing.EXPIRED: (_("after %(day)s"), last_day),
        Standing.WITHDRAWN: (_("on %(day)s"), basis.ended_on),
        Standing.STOPPED: (_("on %(day)s"), basis.ended_on),
        Standing.COMING: (_("on %(day)s"), basis.starts),
    }
    text, day = words[standing]
    return text % {"day": date_format(day, "j. N Y")} if day else ""


def receiver_name(basis: Basis) -> str:
    """The unit with its organisation, or the organisation."""
    if basis.receiver_unit:
        return unit_name(basis.receiver_unit)
    return basis.receiver_authority.name if basis.receiver_authority else ""


def unit_name(unit: Unit) -> str:
    """A unit with its organisation."""
    return f"{unit.name}, {unit.authority.name}"


def columns(held: Category, found: Iterable[Basis]) -> list[Category]:
    """The topics that the reader works with, and those of rows it sees. Others leave no trace."""
    return rules.each(held | rules.mask_of([Category(basis.category) for basis in found]))


def receivers(
    found: Sequence[Basis],
    topics: Sequence[Category],
    names: Mapping[UUID, str],
    today: date,
    *,
    unit: UUID | None,
) -> list[ReceiverBlock]:
    """Receiver by receiver what was answered, and the topics of which one sees no answer."""
    blocks: dict[tuple[str, str], list[Line]] = {}
    for basis in found:
        blocks.setdefault((receiver_name(basis), basis.purpose), []).append(line(basis, today, unit=unit))
    return [
        ReceiverBlock(
            receiver,
            PURPOSE_LABELS[Purpose(purpose)],
            _answered(lines, names),
            [] if lines[0].basis.receiver_unit_id == unit else _not_asked(lines, topics),
            _one_way(lines, found, today, unit) if unit and lines[0].basis.receiver_unit_id == unit else "",
        )
        for (receiver, purpose), lines in blocks.items()
    ]


def _one_way(lines: Iterable[Line], found: Iterable[Basis], today: date, unit: UUID) -> str:
    """The units whose sharing with the reader's own unit is not answered by sharing back."""
    back = {
        (one.category, one.receiver_unit_id) for one in found if one.unit_id == unit and _runs(one, today)
    }
    return listed(
        sorted(
            {
                one.basis.unit.name
                for one in lines
                if _runs(one.basis, today) and (one.basis.category, one.basis.unit_id) not in back
            }
        )
    )


def _runs(basis: Basis, today: date) -> bool:
    return basis.state == Basis.State.GIVEN and basis.starts <= today < basis.ends


def _not_asked(lines: Iterable[Line], topics: Iterable[Category]) -> list[Text]:
    asked = {one.basis.category for one in lines}
    return [topic.label for topic in topics if topic not in asked]


def _answered(lines: Iterable[Line], names: Mapping[UUID, str]) -> list[Answered]:
    groups: dict[tuple[object, ...], list[Line]] = {}
    for one in lines:
        basis = one.basis
        key = (
            one.mark,
            one.note,
            basis.unit_id,
            basis.way,
            tuple(basis.said_by),
            basis.said_on,
            basis.section,
        )
        groups.setdefault(key, []).append(one)
    return [Answered(tuple(rows), _who(rows[0].basis, names)) for rows in groups.values()]


def _who(basis: Basis, names: Mapping[UUID, str]) -> str:
    """Who answered and when, or which law; and whose information it is that is shared."""
    words = {"unit": basis.unit.name}
    if basis.way == Way.STATUTE:
        return _("%(unit)s shares by law, %(section)s.") % {**words, "section": basis.section}
    said_by = [names[one].split(maxsplit=1)[0] for one in basis.said_by if names.get(one, "").strip()]
    words["names"] = listed(said_by) or _("Somebody whose name you do not see")
    words["day"] = date_format(basis.said_on, "j. N Y") if basis.said_on else ""
    if basis.answer != Answer.YES:
        return _("%(names)s answered %(day)s. It is about what %(unit)s knows.") % words
    return _("%(names)s said yes %(day)s. %(unit)s shares.") % words


def listed(names: Sequence[str]) -> str:
    """»Mette, Jens og Noah«."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


# --- choices of the form ---------------------------------------------------------------------------------


def receiver_choices(units: Sequence[Unit], own: UUID | None) -> list[tuple[str, Text]]:
    """Units, and other organisations as a whole."""
    whole = {unit.authority_id: unit.authority.name for unit in units if unit.authority_id != own}
    return [
        *((f"{HolderKind.UNIT}:{unit.pk}", unit_name(unit)) for unit in units),
        *(
            (f"{HolderKind.AUTHORITY}:{key}", _("All of %(name)s") % {"name": name})
            for key, name in whole.items()
        ),
    ]


def giver_choices(person: rules.Person, names: Mapping[UUID, str]) -> list[tuple[str, Text]]:
    """The person, and who has custody."""
    people = [person.subject, *sorted(person.custody_holders)]
    return [(str(one), names.get(one, _("Name not known"))) for one in people]


def colleague_choices(posts: Iterable[Membership]) -> list[tuple[str, Text]]:
    """Colleagues by name."""
    return [(str(post.pk), post.staff.name) for post in posts]


# --- what the receiver will see --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """Items of one kind and topic about the same people, and why they are seen or not."""

    kind: Text
    topic: Text
    about: str
    why: str
    number: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What the receiver would see at most, and what stays hidden."""

    shown: list[Piece]
    hidden: list[Piece]


def preview(found: Iterable[Foreseen], names: Mapping[UUID, str]) -> Preview:
    """Items put together by kind, topic and people."""
    tally: Counter[tuple[bool, str, Category, str, str]] = Counter()
    for one in found:
        about = ", ".join(sorted(names.get(subject, _("Name not known")) for subject in one.subjects))
        tally[bool(one.answer), one.kind, one.category, about, one.answer.reason] += 1
    pieces = [
        (seen, Piece(KINDS.get(kind, _("Information")), category.label, about, why, number))
        for (seen, kind, category, about, why), number in tally.items()
    ]
    return Preview([p for seen, p in pieces if seen], [p for seen, p in pieces if not seen])


# --- one basis -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Detail:
    """One basis with all that was written down."""

    line: Line
    said_by: str
    ground: str
    told: Text
    is_statute: bool
    is_unaltered: bool
    earlier: list[Line]


def detail(
    basis: Basis,
    earlier: Iterable[Basis],
    names: Mapping[UUID, str],
    today: date,
    *,
    unit: UUID | None,
    language: str,
) -> Detail:
    """A basis, what stood before it, and whether its text still is the one that was agreed to."""
    found = law.in_force().ground(basis.ground)
    return Detail(
        line(basis, today, unit=unit),
        ", ".join(names.get(one, _("Name not known")) for one in basis.said_by),
        f"{basis.section}: {found.text.said(language)}" if found else basis.section,
        basis.get_told_display(),
        basis.way == Way.STATUTE,
        rules.hash_of(basis.wording) == basis.wording_hash,
        [line(one, today, unit=None) for one in earlier],
    )


def resting_on(provision: str, language: str) -> list[Further]:
    """The rules of this house about sharing that rest on a provision, for the page of the law."""
    found, own = law.in_force(), _("Rule of Samspil about sharing")
    rows = [
        Further(ground.text.said(language), "", label=own, note=_open(ground.unverified, language),
                on=ground.checked_on)
        for ground in found.grounds
        if ground.provision == provision
    ]  # fmt: skip
    ages = [one for one in found.ages if one.provision == provision]
    rows += [
        Further(_("Whose yes counts from %(age)s years") % {"age": one.age}, "", label=own,
                note=_open(one.unverified, language), on=one.checked_on)
        for one in ages
    ]  # fmt: skip
    if found.consent.provision == provision:
        text = _("A yes holds for %(months)s months at most") % {"months": found.consent.months}
        rows.append(
            Further(text, "", label=own, note=_open(found.consent.unverified, language),
                    on=found.consent.checked_on)
        )  # fmt: skip
    return rows


def _open(unverified: law.Words | None, language: str) -> str:
    return unverified.said(language) if unverified else ""

"""What coordinators carry, as pages say it: »11,5 af 15«, which courses weigh how much, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from samspil.collaboration.courses.presenters.head import names_of
from samspil.collaboration.courses.queries.caseload import Colleague, OwnLoad, Whole
from samspil.collaboration.courses.rules import caseload as rules
from samspil.collaboration.courses.rules.caseload import Carried
from samspil.collaboration.programmes import vocabulary, words
from samspil.collaboration.programmes.language import Mark


@dataclass(frozen=True, slots=True)
class Row:
    """One course with its weight and the reason. `kind` is the mark of where the weight comes from."""

    name: str
    url: str
    model: str
    weight: str
    why: str
    kind: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How much of how much, in words; `filled` and `most` are for a bar, empty without a ceiling."""

    said: str
    means: str
    mark: str
    filled: str
    most: str


@dataclass(frozen=True, slots=True)
class Line:
    """A colleague in a leader's list; `months` are the loads month by month, the last one today."""

    name: str
    unit: str
    standing: Standing
    courses: str
    months: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """The whole organisation in one month; `why_not` stands in place of figures that would tell too much."""

    day: str
    count: str
    mean: str
    within: str
    why_not: str


def number(value: Decimal) -> str:
    """11,5 in Danish, without decimals where there are none."""
    return number_format(format(value.normalize(), "f"))


def standing(total: Decimal, most: Decimal | None) -> Standing:
    """»11,5 af 15«, and whether there is room."""
    if most is None:
        means = _("No ceiling has been set. Your leader can set one.")
        return Standing(_("%(total)s in all") % {"total": number(total)}, means, "unknown", "", "")
    if total > most:
        means = _("That is %(over)s over the ceiling. Talk with your leader about what can wait.")
        means = means % {"over": number(total - most)}
    elif total == most:
        means = _("You are at the ceiling.")
    else:
        means = _("There is room for %(room)s more.") % {"room": number(most - total)}
    return _standing(total, most, means)


def _standing(total: Decimal, most: Decimal, means: str) -> Standing:
    said = _("%(total)s of %(most)s") % {"total": number(total), "most": number(most)}
    mark = "soon" if total > most else "open" if total == most else "done"
    return Standing(said, means, mark, str(min(total, most)), str(most))


def own_rows(load: OwnLoad, names: Mapping[str, Sequence[str]], *, language: str) -> list[Row]:
    """Each course with what it weighs and why."""
    return [
        Row(
            name=names_of(names.get(one.course, ())),
            url=reverse("workplace:course", args=[one.course]),
            model=one.title.said(language),
            weight=number(one.weight),
            why=_why(one, language),
            kind=_mark(one),
        )
        for one in load.carried
    ]


def lines(found: Sequence[Colleague], *, language: str) -> list[Line]:
    """A leader's colleagues, each with the courses counted by model; no family is named."""
    return [
        Line(
            name=one.membership.staff.name,
            unit=one.membership.unit.name,
            standing=_seen_by_leader(one.total, one.most),
            courses=_by_model(one.carried, language),
            months=tuple(number(month) for month in one.months),
        )
        for one in found
    ]


def month_names(today: date) -> list[str]:
    """The months of a trend, the last one »today«."""
    *ended, _now = rules.month_ends(today)
    return [*(date_format(day, "b").rstrip(".").capitalize() for day in ended), _("Today")]


def months(found: Sequence[Whole], own: int) -> list[Month]:
    """The whole organisation, month by month; words where there are too few to show a figure."""
    return [_month(one, own) for one in found]


def criterion(now: Whole, own: int) -> tuple[str, str]:
    """Is the ceiling of the site set and kept: the mark, and the words. Hidden where too few coordinate."""
    if not rules.may_be_shown(len(now.loads), own=own):
        return "unknown", _("Not shown: too few coordinate.")
    level, decision = rules.kept(now.loads, now.most)
    if level is None:
        return "unknown", decision.reason
    if decision:
        return "done", _("Kept: everybody is within the ceiling.")
    words_of = {1: ("soon", _("Kept in part.")), 0: ("refused", _("Not kept."))}
    mark, said = words_of[level]
    return mark, f"{said} {decision.reason}"


def _month(one: Whole, own: int) -> Month:
    day, shown = date_format(one.day, "j. N Y"), rules.may_be_shown(len(one.loads), own=own)
    if not shown:
        return Month(day, "", "", "", shown.reason)
    mean = rules.mean(one.loads.values())
    limited = [post for post in one.loads if one.most.get(post) is not None]
    within = sum(1 for post in limited if one.loads[post] <= (one.most[post] or 0))
    said = _("%(within)d of %(all)d") % {"within": within, "all": len(limited)} if limited else _("None set")
    return Month(day, str(len(one.loads)), str(floatformat(mean, 1)), said, "")


def _seen_by_leader(total: Decimal, most: Decimal | None) -> Standing:
    if most is None:
        return Standing(number(total), _("No ceiling set"), "unknown", "", "")
    if total > most:
        means = _("%(over)s over") % {"over": number(total - most)}
    elif total == most:
        means = _("At the ceiling")
    else:
        means = _("Room for %(room)s") % {"room": number(most - total)}
    return _standing(total, most, means)


def _by_model(carried: Sequence[Carried], language: str) -> str:
    counted: dict[tuple[str, Decimal], int] = {}
    for one in carried:
        key = one.title.said(language), one.weight
        counted[key] = counted.get(key, 0) + 1
    said = [f"{count} × {number(weight)} {model}" for (model, weight), count in counted.items()]
    return ", ".join(said) or _("No course")


def _why(one: Carried, language: str) -> str:
    if one.by is None:
        return _("The ordinary weight of the model.")
    found = vocabulary.KINDS[one.by.fact]
    said = found.en if language.startswith("en") else found.da
    values = ", ".join(str(words.code(value)) for value in one.by.where.values())
    return _("Because of »%(fact)s: %(values)s«.") % {"fact": said, "values": values}


def _mark(one: Carried) -> str:
    return (one.by.mark if one.by is not None else Mark.PROPOSAL).kind

"""Dates, money and names of initiatives in the reader's language."""

from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.collaboration.programmes.language.words import mark_of
from samspil.collaboration.programmes.presenters.about import PHASES as SUSI
from samspil.insight.rollout.language import Figure, Part, Period, Phase

PHASES = {
    **{Phase(key): word for key, word in SUSI.items()},
    Phase.BEFORE: gettext_lazy("Before the strategy of 2017"),
}
PARTS = {
    Part.OWNER: gettext_lazy("Responsible"),
    Part.DEVELOPER: gettext_lazy("Developed it"),
    Part.RESEARCHER: gettext_lazy("Research"),
    Part.EVALUATOR: gettext_lazy("Evaluates"),
    Part.SUPPLIER: gettext_lazy("Supplier"),
    Part.MUNICIPALITY: gettext_lazy("Municipalities"),
    Part.REGION: gettext_lazy("Regions"),
    Part.ORGANISATION: gettext_lazy("Organisations"),
}
_PARTS_OF_A_DATE = {1: "Y", 2: "F Y", 3: "j. F Y"}


def kind(provenance: str) -> str:
    """The mark that shows where something is from."""
    return mark_of(provenance).kind


def moment(said: str) -> str:
    """`2006-09` → september 2006: no more exact than the source."""
    numbers = [int(part) for part in said.split("-")]
    day = date(numbers[0], *[*numbers[1:], 1, 1][:2])
    return formats.date_format(day, _PARTS_OF_A_DATE[len(numbers)])


def period(one: Period) -> str:
    """From when until when."""
    if one.ends is None:
        return _("since %(start)s") % {"start": moment(one.starts)}
    return f"{moment(one.starts)} – {moment(one.ends)}"


def kroner(amount: int | None) -> str:
    """9500000 → 9,5 mio. kr.; what no source says is said to be so."""
    if amount is None:
        return _("not stated in the sources we have")
    if amount % 100_000 == 0:
        return _("DKK %(number)s million") % {"number": _number(amount / 1_000_000)}
    return _("DKK %(number)s") % {"number": _number(amount)}


def figure(one: Figure) -> str:
    """A figure with its unit."""
    if one.on is not None and one.unit == "date":
        return moment(one.on)
    if one.value is None:
        return f"{one.least}–{one.most}"
    match one.unit:
        case "dkk":
            return kroner(int(one.value))
        case "percent":
            return _("%(number)s per cent") % {"number": _number(one.value)}
        case "months":
            return _("%(number)s months") % {"number": _number(one.value)}
        case _:
            return _number(one.value)


def _number(value: float) -> str:
    whole = value == int(value)
    return formats.number_format(int(value) if whole else value, use_l10n=True, force_grouping=True)

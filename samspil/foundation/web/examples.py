"""What the living catalogue shows. All people and figures are made up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from samspil.foundation.web import maps
from samspil.foundation.web.forms import DanishDate, Form
from samspil.foundation.web.ladders import ladder
from samspil.foundation.web.marks import PROVENANCE, STATES
from samspil.foundation.web.navigation import Link

TODAY = date(2026, 11, 19)


@dataclass(frozen=True, slots=True)
class Example:
    """Components of an app above: the template that shows each once, and the data it takes."""

    template: str
    context: Callable[[], dict[str, object]]
    style: str = ""
    """Its own sheet of style, where it has one."""


MORE: list[Example] = []


def add(example: Example) -> None:
    """Called from an app's `ready`."""
    if all(known.template != example.template for known in MORE):
        MORE.append(example)


class ExampleForm(Form):
    """One of every kind of field."""

    name = forms.CharField(label=_("Name"), max_length=40)
    day = DanishDate(label=_("Day of the talk"))
    place = forms.ChoiceField(
        label=_("Place"),
        choices=[("", _("Choose a place")), ("home", _("At home")), ("school", _("At school"))],
    )
    answer = forms.ChoiceField(
        label=_("Has the child been asked?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes")), ("no", _("No")), ("unknown", _("Not known"))],
    )
    about = forms.MultipleChoiceField(
        label=_("What was it about?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("school", _("School")), ("home", _("Home")), ("friends", _("Friends"))],
        help_text=_("Choose as many as fit."),
    )
    words = forms.CharField(
        label=_("In their own words"), widget=forms.Textarea, required=False, max_length=2000
    )
    told = forms.BooleanField(label=_("I have said who can read this"))


def context() -> dict[str, object]:
    """Plain data for the components that take data."""
    rungs = ladder(start=-2, now=-1, target=0, now_word=str(_("now")), target_word=str(_("aim")))
    return {
        "states": STATES,
        "provenance": PROVENANCE,
        "places": [(_("My courses"), "#"), (_("The Lund family"), "#")],
        "tabs": [_link(_("Course"), current=True), _link(_("Plan")), _link(_("Meetings"))],
        "filters": [_link(_("Mine"), current=True), _link(_("The whole team"))],
        "phases": phases(),
        "legend": ["done", "done-late", "open", "soon", "late", "missed", "excused", "not-yet", "statutory"],
        "rungs": rungs,
        "list_page": Paginator(range(60), 20).page(2),
        "more": [one.template for one in MORE],
        "styles": [one.style for one in MORE if one.style],
        **{key: value for one in MORE for key, value in one.context().items()},
    }


def phases() -> list[maps.Phase]:
    """A map of four phases, one of them with a calendar."""
    tracks = [
        maps.Track(
            _t(_("Contact every 6 weeks")),
            [maps.Dot("done", date(2026, 11, 3)), maps.Dot("not-yet", date(2026, 12, 15))],
        ),
        maps.Track(_t(_("Status meeting")), [maps.Dot("open", date(2026, 11, 26), "26. nov.")]),
        maps.Track(_t(_("The children heard")), [maps.Dot("soon", date(2026, 11, 26), _t(_("in 7 days")))]),
        maps.Track(_t(_("Follow-up by law")), [maps.Dot("statutory", date(2027, 1, 12), "12. jan.")]),
    ]
    together = maps.calendar(tracks, first=date(2026, 11, 1), last=date(2027, 2, 28), today=TODAY)
    clarified = [
        maps.Step("done", _t(_("Target group clarified")), "24. aug.", url="#"),
        maps.Step("done", _t(_("Information and consent")), "28. aug."),
    ]
    joined = [
        maps.Step("done-late", _t(_("A coordinator has a name")), _t(_("11 Sep, 4 days late"))),
        maps.Step("missed", _t(_("Noah heard")), _t(_("did not happen, due 29 Sep")), is_alarming=True),
    ]
    planned = [
        maps.Step("late", _t(_("Safety plan")), _t(_("13 days late")), is_alarming=True),
        maps.Step("excused", _t(_("Psychoeducation")), _t(_("excused: done in 2025"))),
    ]
    return [
        maps.Phase("1", _t(_("Clarifying")), "24. aug. – 14. sep.", clarified),
        maps.Phase("2", _t(_("Joining up")), "24. aug. – 29. sep.", joined),
        maps.Phase("3", _t(_("Shared plan")), "22. sep. – 6. nov.", planned),
        maps.Phase("4", _t(_("Working together")), "22. sep. 2026 – juli 2028", calendar=together),
    ]


def _t(text: object) -> str:
    return str(text)


def _link(text: object, *, current: bool = False) -> Link:
    return Link(str(text), "#", is_current=current)

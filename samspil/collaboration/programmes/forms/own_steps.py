"""Steps that an authority adds: a handful of fields on the form, one step of the language behind them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.programmes.language import Due, Evidence, Programme, Repeats, Step, Text
from samspil.collaboration.programmes.language.programme import BATON
from samspil.collaboration.programmes.language.variant import Added

MOST = 12
"""So many own steps at most: who needs more has another model."""
SHOWN_BY = {
    "contact": ("contact.made", _("A contact is noted")),
    "meeting": ("meeting.held", _("A meeting is held")),
    "information": ("information.given", _("Information is given")),
}
AFTER = {
    "course.opened": _("The course is opened"),
    "plan.agreed": _("The shared plan is agreed"),
}
UNITS = {"D": _("days"), "W": _("weeks"), "M": _("months")}
EVERY = {"": _("Once"), "P2W": _("Every 2 weeks"), "P4W": _("Every 4 weeks"), "P12W": _("Every 12 weeks")}
WINDOW = "P6D"
"""How many days before and after a day of the rhythm still count as in time."""
LONGEST = 400
FIRST = {"within": "14", "unit": "D"}
"""What a new step begins with."""
_SPAN = re.compile(r"^P(\d+)([DWM])$")
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "ae", "Ø": "oe", "Å": "aa"})
_KEY_LENGTH = 40


def names(number: int) -> dict[str, str]:
    """The names of the fields of one own step."""
    parts = ("title", "phase", "who", "what", "shown", "after", "within", "unit", "every")
    return {part: f"own_{number}_{part}" for part in parts}


def fields(number: int, programme: Programme, language: str) -> Iterator[tuple[str, forms.Field]]:
    """The fields of one own step. A step without a title is none."""
    at = names(number)
    roles = [(one.key, one.title.said(language)) for one in programme.roles if not one.aggregates_only]
    yield (
        at["title"],
        forms.CharField(
            label=_("What is the step called?"),
            help_text=_("Leave it empty, and the step is taken out again."),
            max_length=80,
            required=False,
        ),
    )
    yield (
        at["what"],
        forms.CharField(
            label=_("What is done?"),
            widget=forms.Textarea(attrs={"rows": 2}),
            max_length=400,
            required=False,
        ),
    )
    phases = [(one.key, one.title.said(language)) for one in programme.phases]
    yield at["phase"], forms.ChoiceField(label=_("In which phase?"), choices=phases, required=False)
    choices = [(BATON, _("Whoever holds the baton")), *roles]
    yield at["who"], forms.ChoiceField(label=_("Who does it?"), choices=choices, required=False)
    yield (
        at["within"],
        forms.IntegerField(
            label=_("How long after?"), min_value=1, max_value=LONGEST, initial=14, required=False
        ),
    )
    yield (
        at["unit"],
        forms.ChoiceField(label=_("Days, weeks or months"), choices=list(UNITS.items()), required=False),
    )
    yield at["after"], forms.ChoiceField(label=_("Counted from"), choices=list(AFTER.items()), required=False)
    yield at["every"], forms.ChoiceField(label=_("How often?"), choices=list(EVERY.items()), required=False)
    shown = [(key, words) for key, (_kind, words) in SHOWN_BY.items()]
    yield at["shown"], forms.ChoiceField(label=_("It is done when"), choices=shown, required=False)


def initial(number: int, added: Added) -> dict[str, object]:
    """An own step as its fields show it."""
    at, step = names(number), added.step
    found = _SPAN.match(str(step.due.within)) if step.due.within else None
    kinds = {kind: key for key, (kind, _words) in SHOWN_BY.items()}
    return {
        at["title"]: step.title.da,
        at["what"]: step.summary.da,
        at["phase"]: added.phase,
        at["who"]: step.responsible,
        at["within"]: int(found[1]) if found else 14,
        at["unit"]: found[2] if found else "D",
        at["after"]: step.due.after,
        at["every"]: str(step.repeats.every) if step.repeats else "",
        at["shown"]: kinds.get(step.evidence.fact or "", "contact"),
    }


def added(number: int, said: Mapping[str, Any]) -> Added | None:
    """The step that the fields say; none where it has no title. Its key is made of the title."""
    at = {part: said.get(name) for part, name in names(number).items()}
    title = str(at["title"] or "").strip()
    if not title:
        return None
    key = key_of(title)
    what = str(at["what"] or "").strip() or title
    every = str(at["every"] or "")
    return Added(
        phase=str(at["phase"]),
        step=Step(
            key=key,
            title=Text(da=title, en=title),
            summary=Text(da=what, en=what),
            responsible=str(at["who"]),
            due=Due(
                after=str(at["after"] or "course.opened"),
                within=f"P{at['within'] or 14}{at['unit'] or 'D'}",
                provenance="own",
            ),
            repeats=Repeats(every=every, window=WINDOW) if every else None,
            evidence=Evidence(fact=SHOWN_BY[str(at["shown"] or "contact")][0], where={"kind": key}),
            provenance="own",
        ),
    )


def key_of(title: str) -> str:
    """»Samtale på skolen« → `own-samtale-paa-skolen`."""
    plain = slugify(title.translate(_LETTERS))[:_KEY_LENGTH].strip("-_").replace("_", "-")
    return f"own-{plain or 'step'}"

"""The shape of what is written about goals, agreements and efforts."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from samspil.collaboration.plans.models import (
    STEPS,
    AgreementEnd,
    EffortStep,
    EffortType,
    Goal,
    PlanVoice,
    Sector,
)
from samspil.collaboration.plans.rules import Doer, EffortText, GoalText, Happening, Voice
from samspil.foundation.kernel.sharing import CATEGORY_LABELS, Category
from samspil.foundation.web.forms import DanishDate, Form
from samspil.foundation.web.ladders import signed

Choices = Sequence[tuple[str, Any]]
SOMEBODY_ELSE = "name"
NOBODY: tuple[str, Any] = ("", _("Not decided yet"))
LONG = 4000
STEP_WORDS: dict[int, StrPromise] = {
    -2: _("Step −2: much less than you hope for"),
    -1: _("Step −1: a little less than you hope for"),
    0: _("Step 0: what you hope for"),
    1: _("Step +1: a little more than you hope for"),
    2: _("Step +2: much more than you hope for"),
}
CATEGORIES = [
    (str(int(one)), CATEGORY_LABELS[one])
    for one in (
        Category.EVERYDAY,
        Category.SOCIAL,
        Category.SCHOOL,
        Category.HEALTH,
        Category.SUBSTANCE,
        Category.EMPLOYMENT,
    )
]


def _text(label: StrPromise, **more: Any) -> forms.CharField:
    """A few lines."""
    more.setdefault("max_length", LONG)
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 3}), **more)


def _radio(label: StrPromise, choices: Choices = (), **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **more)


def _people(label: StrPromise, **more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, widget=forms.CheckboxSelectMultiple, **more)


def _offer(form: forms.Form, name: str, choices: Choices) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]


def doer_of(key: str) -> Doer:
    """The choice in a form as who does something."""
    kind, _colon, pk = key.partition(":")
    if not pk:
        return Doer()
    return Doer(post=UUID(pk)) if kind == "post" else Doer(person=UUID(pk))


def _id(text: str) -> UUID | None:
    return UUID(text) if text else None


SWAP = "_swap"
"""The button that lets two steps beside each other change places; nothing is saved by it."""


class GoalForm(Form):
    """A goal that stands already: everything but whose it is."""

    words = _text(
        _("What would you like to reach?"),
        max_length=600,
        help_text=_("Write it as it was said. One sentence that everybody can remember."),
    )
    own_words = forms.BooleanField(label=_("It is written exactly as it was said"), required=False)
    said_by = forms.ChoiceField(label=_("Who said it?"), required=False)
    said_on = DanishDate(label=_("When was it said?"), required=False)
    lead_sector = forms.ChoiceField(
        label=_("Who takes the lead?"), required=False, choices=[NOBODY, *Sector.choices]
    )
    owner = forms.ChoiceField(label=_("Who follows up?"), required=False)
    due_on = DanishDate(label=_("By when?"), required=False)
    start = forms.ChoiceField(
        label=_("On which step was it when the goal was set?"),
        required=False,
        choices=[("", _("Not said yet")), *((str(step), signed(step)) for step in STEPS)],
    )
    no_steps_reason = forms.CharField(
        label=_("If there are no steps yet: why?"), required=False, max_length=500
    )
    mode = forms.ChoiceField(
        label=_("Which way does it help?"), required=False, choices=[NOBODY, *Goal.Mode.choices]
    )

    def __init__(
        self, *args: Any, people: Choices, doers: Choices, asks_mode: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not asks_mode:
            del self.fields["mode"]
        _offer(self, "said_by", [("", _("Nobody in the family")), *people])
        _offer(self, "owner", [NOBODY, *doers])
        for number, step in enumerate(STEPS):
            field = forms.CharField(
                label=STEP_WORDS[step],
                required=False,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            self.fields[f"step_{number}"] = field
        if self.is_swapped:
            self.data = _swapped(self.data)

    @property
    def is_swapped(self) -> bool:
        """Are two steps changing places? Then nothing is judged yet."""
        return bool(self.is_bound and self.data.get(SWAP) in SWAPS)

    @property
    def errors(self) -> ErrorDict:
        return ErrorDict() if self.is_swapped else super().errors

    def is_valid(self) -> bool:
        return not self.is_swapped and super().is_valid()

    @property
    def steps(self) -> list[tuple[forms.BoundField, str, str]]:
        """The fields of the five steps from the lowest: its number, and which step it can swap with."""
        return [
            (self[f"step_{number}"], str(number), signed(STEPS[number - 1]) if number else "")
            for number in range(len(STEPS))
        ]

    @property
    def goal_text(self) -> GoalText:
        """What was written, as the rules reckon with it."""
        said = self.cleaned_data
        doer = doer_of(said["owner"])
        return GoalText(
            words=said["words"],
            own_words=said["own_words"],
            said_by=_id(said["said_by"]),
            said_on=said["said_on"],
            steps=tuple(said[f"step_{number}"] for number in range(len(STEPS))),
            no_steps_reason=said["no_steps_reason"],
            start=int(said["start"]) if said["start"] else None,
            lead_sector=said["lead_sector"],
            owner_post=doer.post,
            owner_person=doer.person,
            due_on=said["due_on"],
            mode=said.get("mode", ""),
        )


SWAPS = frozenset(str(number) for number in range(1, len(STEPS)))


def _swapped(posted: Any) -> Any:
    """What was typed, with one step and the one before it in each other's place."""
    data, number = posted.copy(), int(posted[SWAP])
    here, before = f"step_{number}", f"step_{number - 1}"
    data[here], data[before] = posted.get(before, ""), posted.get(here, "")
    return data


class NewGoalForm(GoalForm):
    """A goal from the first word on."""

    subjects = _people(_("Whose goal is it?"))
    category = forms.ChoiceField(
        label=_("What is it about?"),
        choices=CATEGORIES,
        help_text=_("It decides who may see it. Most goals are about everyday life."),
    )

    def __init__(self, *args: Any, people: Choices, topics: Category, **kwargs: Any) -> None:
        super().__init__(*args, people=people, **kwargs)
        _offer(self, "subjects", people)
        self.fields["start"].label = _("On which step is it now?")
        _offer(self, "category", held(topics))


def held(topics: Category) -> Choices:
    """The categories that the writer works with."""
    return [(key, label) for key, label in CATEGORIES if int(key) & topics]


class RateForm(Form):
    """On which step one stands."""

    level = _radio(_("On which step is it now?"))
    by = _radio(_("Who says so?"))
    on = DanishDate(label=_("When?"))
    words = _text(_("What shows it? In their own words"), required=False)

    def __init__(self, *args: Any, levels: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "level", levels)
        _offer(self, "by", [*people, (ME, _("It is my own view"))])

    @property
    def rating(self) -> dict[str, Any]:
        """What was written, as the action takes it."""
        said = self.cleaned_data
        by = None if said["by"] == ME else UUID(said["by"])
        return {"level": int(said["level"]), "by_person": by, "on": said["on"], "words": said["words"]}


ME = "me"


class EndGoalForm(Form):
    """How a goal ended."""

    state = _radio(
        _("How did it end?"),
        [(key, label) for key, label in Goal.State.choices if key != Goal.State.STANDING],
    )
    reason = forms.CharField(label=_("Why?"), max_length=500)
    on = DanishDate(label=_("When?"))


class VoiceForm(Form):
    """What one person says to the plan, later on."""

    answer = _radio(_("What do they say to the plan?"), PlanVoice.Answer.choices)
    reason = forms.CharField(
        label=_("Why not, or why could they not answer?"), required=False, max_length=500
    )
    words = _text(_("In their own words"), required=False)
    on = DanishDate(label=_("When?"))

    def voice(self, person: UUID) -> Voice:
        """What was written, as the rules reckon with it."""
        said = self.cleaned_data
        return Voice(person, said["answer"], said["reason"], said["words"])


class AgreeForm(Form):
    """What everybody says to the plan, on the day it is agreed."""

    agreed_on = DanishDate(label=_("When did you agree?"))
    reason = forms.CharField(
        label=_("Why is the plan changed?"),
        max_length=500,
        help_text=_("The family can read it beside the new plan."),
    )

    def __init__(self, *args: Any, people: Mapping[UUID, str], is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_first:
            del self.fields["reason"]
        self.asked = dict(people)
        for person in people:
            self.fields[f"answer_{person}"] = _radio(
                _("What do they say to the plan?"), PlanVoice.Answer.choices
            )
            self.fields[f"reason_{person}"] = forms.CharField(
                label=_("Why not, or why could they not answer?"), required=False, max_length=500
            )
            self.fields[f"words_{person}"] = _text(_("In their own words"), required=False)
            for name in ("answer", "reason", "words"):
                field = self.fields[f"{name}_{person}"]
                field.error_messages["required"] = _("Write what %(name)s says to the plan.") % {
                    "name": people[person]
                }

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of each person, under the name."""
        names = ("answer", "reason", "words")
        return [(name, [self[f"{field}_{person}"] for field in names]) for person, name in self.asked.items()]

    @property
    def voices(self) -> list[Voice]:
        """What was written, as the rules reckon with it."""
        said = self.cleaned_data
        return [
            Voice(person, said[f"answer_{person}"], said[f"reason_{person}"], said[f"words_{person}"])
            for person in self.asked
        ]


class AgreementForm(Form):
    """Who does what, and by when."""

    what = forms.CharField(label=_("What have you agreed?"), max_length=500)
    doer = forms.ChoiceField(
        label=_("Who does it?"),
        help_text=_("Children and young people only where they want to themselves."),
    )
    network = forms.CharField(
        label=_("Somebody else: write the name"),
        required=False,
        max_length=120,
        help_text=_("For example »Grandmother Inge«. She needs no account. Choose »Somebody else« above."),
    )
    due_on = DanishDate(label=_("By when?"))
    subjects = _people(_("Whom is it about?"))
    goal = forms.ChoiceField(label=_("For which goal?"), required=False)
    made_on = DanishDate(label=_("When did you agree?"))

    def __init__(self, *args: Any, people: Choices, doers: Choices, goals: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others: tuple[str, Any] = (
            str(_("The family's network")),
            [(SOMEBODY_ELSE, _("Somebody else, by name"))],
        )
        _offer(self, "doer", [("", _("Choose who does it")), *doers, others])
        _offer(self, "subjects", people)
        _offer(self, "goal", [("", _("None of them")), *goals])

    def clean(self) -> dict[str, Any]:
        """A name goes with »Somebody else«, and with nobody that stands in the list."""
        said: dict[str, Any] = super().clean() or {}
        is_named, key = bool(said.get("network")), said.get("doer")
        if key == SOMEBODY_ELSE and not is_named:
            self.add_error("network", _("Write the name."))
        elif key and key != SOMEBODY_ELSE and is_named:
            self.add_error("network", _("Choose »Somebody else« above, or remove the name here."))
        return said

    @property
    def agreement(self) -> dict[str, Any]:
        """What was written, as the action takes it; the goal is still a key."""
        said = dict(self.cleaned_data)
        key, name = said.pop("doer"), said.pop("network")
        said["doer"] = Doer(name=name) if key == SOMEBODY_ELSE else doer_of(key)
        return {**said, "subjects": [UUID(one) for one in said["subjects"]]}


class EndAgreementForm(Form):
    """How an agreement went."""

    outcome = _radio(_("How did it go?"), AgreementEnd.Outcome.choices)
    reason = forms.CharField(
        label=_("Why?"),
        required=False,
        max_length=500,
        help_text=_("Nobody is at fault. It helps the next agreement."),
    )
    on = DanishDate(label=_("When?"))


class EffortForm(Form):
    """An effort that stands already: everything but for whom."""

    type = forms.ChoiceField(label=_("What kind of help is it?"), choices=EffortType.choices)
    what = forms.CharField(
        label=_("What do you call it with the family?"),
        max_length=120,
        help_text=_("For example »Family course on Tuesdays«"),
    )
    sector = _radio(_("Who gives it?"), Sector.choices)
    provider = forms.CharField(label=_("Which place or team?"), max_length=120)
    law = forms.ChoiceField(label=_("By which law?"), required=False)
    section = forms.CharField(
        label=_("Section, or the ground in words"),
        required=False,
        max_length=120,
        help_text=_("For example § 32"),
    )
    purpose = _text(_("What shall it help with?"), help_text=_("As you would say it to a tired parent."))
    purpose_child = _text(
        _("What shall it help with, told to a child?"),
        help_text=_("Short sentences. Say that it is not the child's fault."),
    )

    def __init__(self, *args: Any, laws: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "law", [("", _("None of these")), *laws])

    @property
    def effort_text(self) -> EffortText:
        """What was written, as the rules reckon with it."""
        return EffortText(**{name: self.cleaned_data[name] for name in EffortForm.base_fields})


class NewEffortForm(EffortForm):
    """An effort from the first day on."""

    subjects = _people(_("For whom is it?"))
    category = forms.ChoiceField(
        label=_("What is it about?"), choices=CATEGORIES, help_text=_("It decides who may see it.")
    )
    kind = _radio(
        _("How far is it?"),
        [
            (one.value, one.label)
            for one in (EffortStep.Kind.REQUESTED, EffortStep.Kind.DECIDED, EffortStep.Kind.STARTED)
        ],
    )
    on = DanishDate(label=_("Since when?"))
    planned_end = DanishDate(label=_("Planned until"), required=False)
    with_plan = forms.BooleanField(
        label=_("It was decided to make a child's plan, too"),
        required=False,
        help_text=_("Only where the municipality has decided it. The plan is then ready within 3 months."),
    )

    def __init__(self, *args: Any, people: Choices, topics: Category, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "subjects", people)
        _offer(self, "category", held(topics))

    @property
    def first(self) -> Happening:
        """What happened first."""
        said = self.cleaned_data
        return Happening(
            said["kind"], said["on"], planned_end=said["planned_end"], with_plan=said["with_plan"]
        )


class StepForm(Form):
    """What happened with an effort. Only what belongs to it is asked."""

    on = DanishDate(label=_("When?"))
    planned_end = DanishDate(label=_("Planned until"), required=False)
    with_plan = forms.BooleanField(label=_("It was decided to make a child's plan, too"), required=False)
    rhythm = _radio(_("How often do you follow up from now on?"), EffortStep.Rhythm.choices)
    reason = _text(_("Why? The family can read it"))

    ASKED: Mapping[str, frozenset[str]] = {
        "planned_end": frozenset({"started", "changed"}),
        "with_plan": frozenset({"decided"}),
        "rhythm": frozenset({"followed-up"}),
        "reason": frozenset({"changed", "ended", "followed-up"}),
    }

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name, kinds in self.ASKED.items():
            if kind not in kinds:
                del self.fields[name]

    @property
    def happening(self) -> Happening:
        """What was written, as the rules reckon with it."""
        return Happening(kind=self.kind, **self.cleaned_data)


class ViewForm(Form):
    """What somebody in the family thinks of an effort."""

    person = _radio(_("Who says it?"))
    words = _text(_("In their own words"))
    on = DanishDate(label=_("When?"))

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "person", people)

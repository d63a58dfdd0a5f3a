"""Taking a model up, in steps: one form whose other steps travel along unseen, so that nothing is lost."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, get_args

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.programmes.forms import own_steps
from samspil.collaboration.programmes.language import Programme, Text, Variant
from samspil.collaboration.programmes.language.variant import LeftOut, Part, lock_of
from samspil.collaboration.programmes.measured import measure_title
from samspil.collaboration.programmes.offers import Offer
from samspil.collaboration.programmes.rules.adopting import Held, may_leave_out, within_its_offer
from samspil.foundation.kernel.languages import current_language
from samspil.foundation.web.forms import DanishDate, Form

STEPS = ("how", "options", "leave", "why", "own", "check")
TITLES = {
    "how": _("When and why"),
    "options": _("What you choose"),
    "leave": _("What you leave out"),
    "why": _("Why you leave it out"),
    "own": _("Your own steps"),
    "check": _("Look it over"),
}
NONE = "none"
"""Through no initiative."""
CHOICE, REASON = "c_", "r_"
_PART: Mapping[str, Part] = {one: one for one in get_args(Part)}


class Adopt(Form):
    """All steps at once: `names(step)` are the fields of one, `only(step)` forgets the others' faults."""

    starts = DanishDate(
        label=_("From which day?"),
        help_text=_("Courses you open from that day on run like this. Those that run already do not change."),
    )
    initiative = forms.ChoiceField(label=_("Through which initiative?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why do you choose this model?"),
        help_text=_("An initiative may ask for it. Write of no family. The owner of the model reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    leaves = forms.MultipleChoiceField(
        label=_("What you leave out"), widget=forms.CheckboxSelectMultiple, required=False
    )
    own_count = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, max_value=own_steps.MOST, required=False, initial=0
    )

    def __init__(
        self,
        *args: Any,
        programme: Programme,
        offered: Sequence[Offer],
        held: Sequence[Held] = (),
        variant: Variant | None = None,
        more: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.programme, self.offered, self.held = programme, offered, held
        language = current_language()
        initiatives = [(one.initiative, one.title.said(language)) for one in offered]
        self.fields["initiative"].choices = [*initiatives, (NONE, _("Outside any initiative"))]  # type: ignore[attr-defined]
        self.fields["leaves"].choices = list(parts_of(programme, language))  # type: ignore[attr-defined]
        self._add_choices(language)
        if variant and not self.is_bound:
            self.initial = {**initial_of(variant), **self.initial}
        self._add_reasons(language)
        self._add_own(language, more=more)

    def names(self, step: str) -> list[str]:
        """The fields of one step, in their order."""
        match step:
            case "how":
                return ["starts", "initiative", "reason"]
            case "options":
                return [name for name in self.fields if name.startswith(CHOICE)]
            case "leave":
                return ["leaves"]
            case "why":
                return [name for name in self.fields if name.startswith(REASON)]
            case "own":
                return [name for name in self.fields if name.startswith("own_")]
        return []

    @property
    def steps(self) -> list[str]:
        """The steps there are: without options nothing is chosen, and nothing left out needs no reason."""
        return [step for step in STEPS if step in {"how", "leave", "own", "check"} or self.names(step)]

    def has_faults(self, step: str) -> bool:
        """Is something wrong in this step?"""
        return any(name in self.errors for name in self.names(step))

    def only(self, step: str) -> None:
        """Forget what is wrong in other steps: each is judged when one stands in it."""
        for name in set(self.errors) - set(self.names(step)):
            if name != "__all__":
                del self.errors[name]

    def elsewhere(self, step: str) -> Iterable[forms.BoundField]:
        """The fields of the other steps, to travel along."""
        here = set(self.names(step))
        return (self[name] for name in self.fields if name not in here)

    def clean_leaves(self) -> list[str]:
        """A locked part that is sent all the same is refused with the reason that stands beside it."""
        leaves: list[str] = self.cleaned_data["leaves"]
        decisions = (may_leave_out(self.programme, _left_out(value, "?")) for value in leaves)
        if reasons := [decision.reason for decision in decisions if not decision]:
            raise ValidationError(reasons)
        return leaves

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        self._check_offer(said)
        seen: set[str] = set()
        for number in range(said.get("own_count") or 0):
            at = own_steps.names(number)
            self._check_own(said, at)
            title = str(said.get(at["title"]) or "").strip()
            if title and own_steps.key_of(title) in seen:
                twice = _("There are two steps called »%(title)s«. Give yours another name.")
                self.add_error(at["title"], twice % {"title": title})
            seen.add(own_steps.key_of(title) if title else "")
        return said

    def _check_offer(self, said: dict[str, Any]) -> None:
        """What the initiative asks is said where it is chosen, not at the end."""
        offer = next((one for one in self.offered if one.initiative == said.get("initiative")), None)
        reason = str(said.get("reason") or "")
        decision = within_its_offer(self.programme, offer, reason, self.held)
        if not decision:
            self.add_error("initiative" if reason.strip() else "reason", decision.reason)

    def variant(self, authority: str) -> Variant:
        """What the form says, as a variant of the version."""
        said = self.cleaned_data
        choices = {
            name.removeprefix(CHOICE): str(said[name]) for name in self.names("options") if said.get(name)
        }
        defaults = {one.key: next(iter(one.options)) for one in self.programme.adaptable}
        found = (own_steps.added(number, said) for number in range(said.get("own_count") or 0))
        return Variant(
            programme=self.programme.key,
            version=self.programme.version,
            authority=authority,
            choices={key: option for key, option in choices.items() if option != defaults.get(key)},
            leaves_out=tuple(
                _left_out(value, str(said.get(REASON + value) or "")) for value in said["leaves"]
            ),
            adds=tuple(one for one in found if one),
        )

    @property
    def given(self) -> dict[str, Any]:
        """What the action takes beside the variant."""
        said = self.cleaned_data
        starts: date = said["starts"]
        initiative = "" if said["initiative"] == NONE else said["initiative"]
        return {"starts": starts, "initiative": initiative, "reason": said["reason"]}

    def _add_choices(self, language: str) -> None:
        for one in self.programme.adaptable:
            options = [(key, text.said(language)) for key, text in one.options.items()]
            self.fields[CHOICE + one.key] = forms.ChoiceField(
                label=one.title.said(language),
                choices=options,
                widget=forms.RadioSelect,
                initial=options[0][0],
                required=False,
            )

    def _add_reasons(self, language: str) -> None:
        titles = dict(leavable(self.programme, language))
        for value in self._values("leaves"):
            if value in titles:
                self.fields[REASON + value] = forms.CharField(
                    label=_("Why do you leave »%(title)s« out?") % {"title": titles[value]},
                    widget=forms.Textarea(attrs={"rows": 2}),
                    max_length=1000,
                    error_messages={
                        "required": _("Write why you leave »%(title)s« out.") % {"title": titles[value]}
                    },
                )

    def _add_own(self, language: str, *, more: bool) -> None:
        said = self._values("own_count")
        count = int(said[0]) if said and str(said[0]).isdigit() else 0
        count = min(count + more, own_steps.MOST)
        if self.is_bound and more:
            data: QueryDict = self.data.copy()  # type: ignore[attr-defined]
            data["own_count"] = str(count)
            for name, value in own_steps.FIRST.items():
                data.setdefault(own_steps.names(count - 1)[name], value)
            self.data = data
        for number in range(count):
            for name, field in own_steps.fields(number, self.programme, language):
                self.fields[name] = field

    def _values(self, name: str) -> list[Any]:
        if self.is_bound:
            return list(self.data.getlist(name))  # type: ignore[attr-defined]
        first = self.initial.get(name, [])
        return list(first) if isinstance(first, list | tuple) else [first]

    def _check_own(self, said: dict[str, Any], at: dict[str, str]) -> None:
        if not (said.get(at["title"]) or "").strip():
            return
        for part in ("phase", "who", "within", "unit", "after", "shown"):
            if not said.get(at[part]) and at[part] not in self.errors:
                self.add_error(at[part], _("Fill this in for »%(title)s«.") % {"title": said[at["title"]]})


def leavable(programme: Programme, language: str) -> Iterable[tuple[str, str]]:
    """What may be left out: core elements, steps, tools and measures that nothing locks."""
    for value, title in parts_of(programme, language):
        part, _sign, key = value.partition(":")
        if lock_of(programme, _PART[part], key) is None:
            yield value, title


def parts_of(programme: Programme, language: str) -> Iterable[tuple[str, str]]:
    """Every part, locked or not, by what the form sends."""
    for element in programme.core_elements:
        yield f"core_element:{element.key}", element.title.said(language)
    for step in programme.steps:
        yield f"step:{step.key}", step.title.said(language)
    for tool in programme.tools:
        yield f"tool:{tool.key}", tool.title.said(language)
    for measure in programme.measures:
        yield f"measure:{measure.key}", measure_title(measure, language)


def initial_of(variant: Variant) -> dict[str, object]:
    """A variant as the form shows it, to be changed."""
    found: dict[str, object] = {CHOICE + key: option for key, option in variant.choices.items()}
    found["leaves"] = [f"{out.part}:{out.key}" for out in variant.leaves_out]
    found |= {f"{REASON}{out.part}:{out.key}": out.reason.da for out in variant.leaves_out}
    found["own_count"] = len(variant.adds)
    for number, one in enumerate(variant.adds):
        found |= own_steps.initial(number, one)
    return found


def _left_out(value: str, reason: str) -> LeftOut:
    part, _sign, key = value.partition(":")
    words = reason.strip()
    return LeftOut.model_validate(
        {"part": part, "key": key, "reason": Text(da=words or " ", en=words or " ")}
    )


class Stop(Form):
    """From when a model is no longer used, and why."""

    starts = DanishDate(
        label=_("From which day?"), help_text=_("Courses that run already go on as they are.")
    )
    reason = forms.CharField(
        label=_("Why do you stop using it?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )

"""The shape of a referral: begun, written task by task, answered."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.courses.actions import Acceptance, Checked, Chosen, Words
from samspil.collaboration.courses.models import EligibilityAnswer, ReferralPart, ReferralPerson
from samspil.collaboration.courses.queries.referral import Recognised
from samspil.collaboration.courses.rules.referral import LONGEST
from samspil.collaboration.programmes.choosing import Choosing
from samspil.collaboration.programmes.forms import CHOOSING, add_choosing, chosen_answers
from samspil.collaboration.programmes.language.target import Node
from samspil.foundation.kernel.decisions import Text
from samspil.foundation.kernel.sharing import Category
from samspil.foundation.web.forms import DanishDate, Form

Choices = Sequence[tuple[str, Text]]
ONGOING, ENDED = "ongoing", "ended"
NEW = "new"


def _long(label: Text, *, rows: int = 4, required: bool = False, help_text: Text = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _offer(form: Form, name: str, choices: Choices) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]


class FindUnit(Form):
    """A name of a unit or an organisation."""

    find = forms.CharField(
        label=_("Find the receiver by name"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


class Begin(Form):
    """Under which model, and to whom; before that, what may help to choose the model.

    `is_asking`: only a suggestion is wanted, so nothing need be chosen yet.
    """

    version = forms.ChoiceField(label=_("Which model?"), widget=forms.RadioSelect)
    to_unit = forms.ChoiceField(label=_("Who receives the referral?"), widget=forms.RadioSelect)

    def __init__(
        self,
        *args: Any,
        versions: Choices,
        units: Choices,
        rule: Choosing,
        language: str,
        is_asking: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "version", versions)
        _offer(self, "to_unit", units)
        add_choosing(self, rule, language)
        if is_asking:
            for field in self.fields.values():
                field.required = False
            self.unmarked = frozenset({"version", "to_unit"})

    def offer_in_order(self, versions: Choices) -> None:
        """Offer the models as they were suggested; which one is chosen stays as it is."""
        _offer(self, "version", versions)

    @property
    def questions(self) -> list[forms.BoundField]:
        """What helps to choose the model."""
        return [field for field in self if field.name.startswith(CHOOSING)]

    @property
    def answers(self) -> dict[str, str]:
        return chosen_answers(self.cleaned_data)


class People(Form):
    """Each person the own unit knows around the one it starts from."""

    def __init__(
        self,
        *args: Any,
        people: Sequence[ReferralPerson],
        roles: Choices,
        numbered: Iterable[UUID],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people, sent = people, set(numbered)
        for person in people:
            key = person.subject_id
            self.fields[f"included_{key}"] = forms.BooleanField(
                label=_("Is part of the referral"), required=False, initial=person.is_included
            )
            self.fields[f"role_{key}"] = forms.ChoiceField(
                label=_("In the family"), choices=roles, initial=person.role
            )
            self.fields[f"tie_{key}"] = forms.CharField(
                label=_("In your own words"), max_length=120, required=False, initial=person.tie
            )
            self.fields[f"focus_{key}"] = forms.BooleanField(
                label=_("It is about this person"), required=False, initial=person.is_in_focus
            )
            self.fields[f"number_{key}"] = forms.BooleanField(
                label=_("Send the CPR number along"), required=False, initial=key in sent
            )

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each person with the fields about it."""
        names = ("included", "role", "tie", "focus", "number")
        return [
            {"person": person, **{name: self[f"{name}_{person.subject_id}"] for name in names}}
            for person in self.people
        ]

    @property
    def chosen(self) -> list[Chosen]:
        data = self.cleaned_data
        return [
            Chosen(
                key := person.subject_id,
                data[f"role_{key}"],
                data[f"tie_{key}"],
                is_in_focus=data[f"focus_{key}"],
                is_included=data[f"included_{key}"],
                sends_number=data[f"number_{key}"],
            )
            for person in self.people
        ]


class Wishes(Form):
    """The family's own words, and what the sender asks for."""

    wish = _long(
        _("What does the family itself wish?"), rows=5, help_text=_("In their own words, as they said it.")
    )
    wish_by = forms.CharField(label=_("Who said it?"), max_length=120, required=False)
    help = _long(_("What would you like help with?"))
    about = forms.MultipleChoiceField(label=_("Who is it about?"), widget=forms.CheckboxSelectMultiple)
    more = _long(
        _("Is there more the receiver should know?"),
        help_text=_("Only what is needed to answer. Choose the topic: it decides who may read it."),
    )
    more_topic = forms.ChoiceField(label=_("Topic"), required=False)
    more_about = forms.MultipleChoiceField(
        label=_("Who is that about?"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(
        self,
        *args: Any,
        people: Sequence[ReferralPerson],
        parts: Sequence[ReferralPart],
        topics: Choices,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = _said(parts, people)
        super().__init__(*args, **kwargs)
        names = [(str(person.subject_id), person.name) for person in people]
        _offer(self, "about", names)
        _offer(self, "more_about", names)
        _offer(self, "more_topic", topics)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("more", "").strip() and not values.get("more_about"):
            self.add_error("more_about", _("Say whom it is about."))
        return values

    @property
    def words(self) -> list[Words]:
        data, kinds = self.cleaned_data, ReferralPart.Kind
        about = frozenset(UUID(one) for one in data["about"])
        topic = Category(int(data["more_topic"])) if data["more_topic"] else Category.EVERYDAY
        of_more = frozenset(UUID(one) for one in data["more_about"])
        return [
            Words(kinds.WISH, data["wish"], about, Category.EVERYDAY, data["wish_by"]),
            Words(kinds.HELP, data["help"], about, Category.EVERYDAY),
            Words(kinds.MORE, data["more"], of_more, topic),
        ]


def _said(parts: Sequence[ReferralPart], people: Sequence[ReferralPerson]) -> dict[str, Any]:
    """What stands already; else the words are about those in focus."""
    by_kind = {part.kind: part for part in parts}
    focus = [str(person.subject_id) for person in people if person.is_in_focus]
    initial: dict[str, Any] = {"about": focus, "more_topic": str(int(Category.EVERYDAY))}
    for kind in ("wish", "help", "more"):
        part = by_kind.get(kind)
        initial[kind] = part.text if part else ""
    if wish := by_kind.get("wish"):
        initial |= {"wish_by": wish.said_by, "about": [str(one) for one in wish.item.subjects]}
    if more := by_kind.get("more"):
        subjects = [str(one) for one in more.item.subjects]
        initial |= {"more_topic": str(more.item.category), "more_about": subjects}
    return initial


class Target(Form):
    """One answer for each criterion that people and facts do not decide."""

    reason = _long(
        _("Refer all the same: why?"),
        rows=3,
        help_text=_("Only where the family is not in the target group, or an answer is missing."),
    )

    def __init__(
        self,
        *args: Any,
        nodes: Sequence[tuple[Node, Text]],
        given: dict[str, EligibilityAnswer],
        reason: str,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {"reason": reason}
        super().__init__(*args, **kwargs)
        self.nodes = [node for node, _ask in nodes]
        for node, ask in nodes:
            self._ask(node, ask, given.get(str(node.key)))
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def _ask(self, node: Node, ask: Text, given: EligibilityAnswer | None) -> None:
        kinds, key = EligibilityAnswer.Answer, str(node.key)
        choices: list[tuple[str, Text]] = [(one.value, one.label) for one in kinds]
        if node.recent is not None:
            choices = [
                (ONGOING, _("Yes, it goes on now")),
                (ENDED, _("It has ended. I know the day, or between which days")),
                (kinds.NO.value, _("No, or longer ago")),
                (kinds.UNKNOWN.value, kinds.UNKNOWN.label),
            ]
        self.fields[f"answer_{key}"] = forms.ChoiceField(
            label=ask, choices=choices, widget=forms.RadioSelect, required=False, initial=_state(given)
        )
        if node.recent is not None:
            self.fields[f"from_{key}"] = DanishDate(
                label=_("It ended on this day, or at the earliest"),
                required=False,
                initial=given.ended_from if given else None,
            )
            last = given.ended_to if given and given.ended_to != given.ended_from else None
            self.fields[f"to_{key}"] = DanishDate(
                label=_("At the latest"),
                help_text=_("Leave it out where you know the day."),
                required=False,
                initial=last,
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for node in self.nodes:
            if values.get(f"answer_{node.key}") == ENDED and not values.get(f"from_{node.key}"):
                self.add_error(f"from_{node.key}", _("Write the day, or choose that you do not know."))
        return values

    @property
    def answers(self) -> list[Checked]:
        return [self._checked(node) for node in self.nodes if self.cleaned_data[f"answer_{node.key}"]]

    def _checked(self, node: Node) -> Checked:
        kinds, key, data = EligibilityAnswer.Answer, str(node.key), self.cleaned_data
        said = data[f"answer_{key}"]
        if said == ONGOING:
            return Checked(key, kinds.YES, is_ongoing=True)
        if said == ENDED:
            first: date = data[f"from_{key}"]
            return Checked(key, kinds.UNKNOWN, ended_from=first, ended_to=data[f"to_{key}"] or first)
        return Checked(key, kinds(said))


def _state(given: EligibilityAnswer | None) -> str:
    if given is None:
        return ""
    if given.is_ongoing:
        return ONGOING
    return ENDED if given.ended_from else str(given.answer)


class Contact(Form):
    """Whom the receiver may call."""

    name = forms.CharField(label=_("Name"), max_length=120)
    phone = forms.RegexField(
        r"^\+?[0-9 ]{8,20}$",
        label=_("Phone"),
        error_messages={"invalid": _("Write a phone number with at least eight digits.")},
    )
    when = forms.CharField(
        label=_("When is it best to call?"),
        max_length=120,
        required=False,
        help_text=_("For example weekdays 9–15"),
    )


class Send(Form):
    """Nothing but the click."""


class Answer(Form):
    """Why, or what is missing."""

    text = _long(_("Write it so that the sender can act on it"), rows=5, required=True)


class Amend(Form):
    """Words that are added after it was sent."""

    text = _long(_("What is to be added?"), rows=5, required=True)
    topic = forms.ChoiceField(label=_("Topic"), help_text=_("It decides who may read it."))
    about = forms.MultipleChoiceField(label=_("Who is it about?"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, people: Sequence[ReferralPerson], topics: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "about", [(str(person.subject_id), person.name) for person in people])
        _offer(self, "topic", topics)

    @property
    def words(self) -> Words:
        data = self.cleaned_data
        about = frozenset(UUID(one) for one in data["about"])
        return Words(ReferralPart.Kind.MORE, data["text"], about, Category(int(data["topic"])))


class Accept(Form):
    """Who each person is, and who coordinates."""

    coordinator = forms.TypedChoiceField(label=_("Who becomes the family's contact with you?"), coerce=UUID)
    role = forms.ChoiceField(label=_("In which role of the model?"))
    sender_role = forms.ChoiceField(label=_("And the sender?"))

    def __init__(
        self,
        *args: Any,
        people: Sequence[Recognised],
        labels: dict[UUID, Choices],
        colleagues: Choices,
        roles: Choices,
        sender_roles: Choices,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        for one in people:
            key = one.person.subject_id
            certain = next((c for c in one.candidates if c.is_certain), None)
            start = str(certain.subject) if certain else (NEW if not one.candidates else None)
            self.fields[f"own_{key}"] = forms.ChoiceField(
                label=one.person.name, choices=labels[key], widget=forms.RadioSelect, initial=start
            )
        _offer(self, "coordinator", colleagues)
        _offer(self, "role", roles)
        _offer(self, "sender_role", sender_roles)

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [
            {"person": one.person, "field": self[f"own_{one.person.subject_id}"], "known": one.candidates}
            for one in self.people
        ]

    @property
    def acceptance(self) -> Acceptance:
        data = self.cleaned_data
        own = {one.person.subject_id: _own(data[f"own_{one.person.subject_id}"]) for one in self.people}
        return Acceptance(own, data["coordinator"], data["role"], data["sender_role"])


def _own(said: str) -> UUID | None:
    return None if said == NEW else UUID(said)

"""The shape of what is written down about sharing."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.sharing import law, queries, rules
from samspil.collaboration.sharing.models import Answer, Ending, Told, Way
from samspil.foundation.kernel.decisions import Text
from samspil.foundation.kernel.sharing import Category, HolderKind, Purpose
from samspil.foundation.web.forms import DanishDate, Form

Choices = Sequence[tuple[str, Text]]
_ONE_DAY = timedelta(days=1)


class FindReceiver(Form):
    """A name of a unit or an organisation."""

    find = forms.CharField(
        label=_("Find a receiver by name"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


class Register(Form):
    """One basis: an answer, or a decision without a yes. What belongs to the other way is left out."""

    way = forms.ChoiceField(label=_("How was it decided?"), choices=Way.choices, widget=forms.RadioSelect)
    receiver = forms.ChoiceField(label=_("Who receives?"))
    categories = forms.MultipleChoiceField(label=_("Which topics?"), widget=forms.CheckboxSelectMultiple)
    purpose = forms.ChoiceField(
        label=_("What is it used for?"), choices=[(p.value, p.label) for p in Purpose]
    )
    starts = DanishDate(label=_("From which day?"), help_text=_("Leave it out for today."), required=False)
    last_day = DanishDate(
        label=_("Until which day, that day included?"),
        help_text=_(
            "A yes holds for 12 months at most: a later day is shortened to that. A decision by law needs a "
            "last day."
        ),
        required=False,
    )
    answer = forms.ChoiceField(
        label=_("What was the answer?"), choices=Answer.choices, widget=forms.RadioSelect, required=False
    )
    said_by = forms.MultipleChoiceField(
        label=_("Who answered?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    said_on = DanishDate(label=_("On which day?"), help_text=_("Leave it out for today."), required=False)
    limit = forms.CharField(
        label=_("What exactly may be shared?"),
        help_text=_(
            "Only for a limited yes, in the person's own words. Samspil then opens nothing by itself."
        ),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    ground = forms.ChoiceField(label=_("Which rule?"), required=False)
    reasoning = forms.CharField(
        label=_("Why is it necessary?"),
        help_text=_("Write about this person only. The person can ask to read it."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    decided_by = forms.ChoiceField(label=_("Who has decided it?"), required=False)
    told = forms.ChoiceField(
        label=_("How is the person told?"), choices=Told.choices, widget=forms.RadioSelect, required=False
    )
    told_on = DanishDate(label=_("When was the person told?"), required=False)
    told_text = forms.CharField(label=_("Who tells it and when, or why not?"), max_length=500, required=False)

    def __init__(
        self,
        *args: Any,
        subject: UUID,
        today: date,
        receivers: Choices,
        topics: Category,
        givers: Choices,
        colleagues: Choices,
        language: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.subject, self.today = subject, today
        choose = ("", _("Choose"))
        grounds = [(one.key, f"{one.section}: {one.text.said(language)}") for one in law.in_force().grounds]
        self._offer("receiver", [choose, *receivers])
        self._offer("categories", [(str(int(one)), one.label) for one in rules.each(topics)])
        self._offer("said_by", givers)
        self._offer("ground", [choose, *grounds])
        self._offer("decided_by", [choose, *colleagues])

    def _offer(self, name: str, choices: Choices) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        kind, _sep, holder = values.get("receiver", "").partition(":")
        if kind:
            found = queries.receiver(HolderKind(kind), UUID(holder), self.today)
            if found is None:
                self.add_error("receiver", _("This receiver is no longer there. Choose another."))
            values["receiver"] = found
        if values.get("way") in {Way.PAPER, Way.MEETING} and not values.get("answer"):
            self.add_error("answer", _("Choose what the answer was."))
        if values.get("way") == Way.STATUTE and not values.get("told"):
            self.add_error("told", _("Choose how the person is told."))
        return values

    @property
    def is_statute(self) -> bool:
        return bool(self.cleaned_data["way"] == Way.STATUTE)

    @property
    def scope(self) -> rules.Scope:
        data = self.cleaned_data
        topics = rules.mask_of([Category(int(one)) for one in data["categories"]])
        return rules.Scope(self.subject, data["receiver"], topics, Purpose(data["purpose"]))

    @property
    def ends(self) -> date | None:
        last_day: date | None = self.cleaned_data["last_day"]
        return last_day + _ONE_DAY if last_day else None

    @property
    def consent(self) -> rules.Consent:
        data = self.cleaned_data
        return rules.Consent(
            self.scope,
            Way(data["way"]),
            said_by=frozenset(UUID(one) for one in data["said_by"]),
            said_on=data["said_on"] or self.today,
            answer=Answer(data["answer"]),
            starts=data["starts"],
            ends=self.ends,
            limit=data["limit"],
        )

    @property
    def statute(self) -> rules.Statute:
        data = self.cleaned_data
        return rules.Statute(
            self.scope,
            ground=law.in_force().ground(data["ground"]),
            reasoning=data["reasoning"],
            decided_by=UUID(data["decided_by"]) if data["decided_by"] else None,
            starts=data["starts"] or self.today,
            ends=self.ends,
            told=Told(data["told"]),
            told_on=data["told_on"],
            told_text=data["told_text"],
        )


class End(Form):
    """Why and when a basis stops."""

    ending = forms.ChoiceField(label=_("Why does it stop?"), choices=Ending.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("In a few words"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    on = DanishDate(
        label=_("From which day may it no longer be seen?"),
        help_text=_("Leave it out to stop it at once."),
        required=False,
    )

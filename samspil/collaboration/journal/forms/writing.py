"""Notes, what children say, what is shared and what is sent: the shape of input."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.journal.models import Heard, NoteKind, Sector, SentKind, ShowAnswer
from samspil.collaboration.journal.rules import MOST_TEXT, MOST_WORDS
from samspil.foundation.kernel.decisions import Text
from samspil.foundation.kernel.sharing import Category
from samspil.foundation.web.forms import DanishDate, Form

Choices = Sequence[tuple[str, Text]]
LOOK = "_look"
"""The button that only shows who can read it."""

SHOW_WORDS: Choices = [
    (ShowAnswer.NOT_ASKED.value, _("I have not asked yet. Only I see it.")),
    (ShowAnswer.NO.value, _("No. Only I see it.")),
    (ShowAnswer.YES.value, _("Yes. Those who take part may see it.")),
]


class Looking(Form):
    """A form that can be looked at before it is sent: then nothing in it is judged yet."""

    @property
    def is_looked_at(self) -> bool:
        return bool(self.is_bound and self.data.get(LOOK))

    @property
    def errors(self) -> ErrorDict:
        return ErrorDict() if self.is_looked_at else super().errors

    def is_valid(self) -> bool:
        return not self.is_looked_at and super().is_valid()

    def chosen(self, name: str) -> list[str]:
        """What is ticked now, whatever else is missing."""
        value = self[name].value()
        return [str(one) for one in (value if isinstance(value, list | tuple) else [value]) if one]

    def offer(self, name: str, choices: Choices) -> None:
        """Fill a field's choices."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class WriteNote(Looking):
    """A note about people of the course."""

    kind = forms.ChoiceField(label=_("What kind of note is it?"), choices=NoteKind.choices)
    on = DanishDate(label=_("When did it happen?"))
    subjects = forms.MultipleChoiceField(
        label=_("Whom is it about?"),
        help_text=_("Tick everybody it says something about. Fewer people make it easier to share."),
        widget=forms.CheckboxSelectMultiple,
    )
    category = forms.ChoiceField(label=_("What is it about?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("The note"),
        help_text=_("Write so that the family can read it. One matter in each note."),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def __init__(self, *args: Any, people: Choices, matters: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("subjects", people)
        self.offer("category", matters)

    @property
    def said(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        return {
            "kind": NoteKind(data["kind"]),
            "on": data["on"],
            "text": data["text"],
            "subjects": [UUID(one) for one in data["subjects"]],
            "category": Category(int(data["category"])),
        }


class CorrectNote(Looking):
    """A corrected text, perhaps in another matter, and why."""

    text = forms.CharField(
        label=_("The note"), max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 10})
    )
    reason = forms.CharField(
        label=_("Why is it corrected?"), help_text=_("The old text stays, with the reason."), max_length=500
    )
    category = forms.ChoiceField(
        label=_("What is it about?"),
        help_text=_(
            "Did it stand in the wrong place? Choose the right one. Then only who wrote it sees the old one."
        ),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, matters: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("category", matters)

    @property
    def said(self) -> dict[str, Any]:
        """What the action takes."""
        return {**self.cleaned_data, "category": Category(int(self.cleaned_data["category"]))}


def _childs_words() -> forms.CharField:
    return forms.CharField(
        label=_("What did the child say?"),
        help_text=_("Without quotation marks. Read it aloud to the child, and correct it together."),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


def _whose_words() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Whose words are they?"),
        choices=[("yes", _("The child's own words")), ("no", _("Told in an adult's words"))],
        widget=forms.RadioSelect,
    )


class CorrectChildView(Form):
    """What the child really said, and why it was not written so."""

    words = _childs_words()
    own_words = _whose_words()
    reason = forms.CharField(
        label=_("Why is it corrected?"),
        help_text=_("The old words stay with you alone, with the reason."),
        max_length=500,
    )

    @property
    def said(self) -> dict[str, Any]:
        """What the action takes."""
        return {**self.cleaned_data, "own_words": self.cleaned_data["own_words"] == "yes"}


class WriteChildView(Looking):
    """What a child or young person has said, and whether the others may see it."""

    person = forms.ChoiceField(label=_("Who was heard?"), widget=forms.RadioSelect)
    on = DanishDate(label=_("When?"))
    how = forms.ChoiceField(label=_("How?"), choices=Heard.choices, widget=forms.RadioSelect)
    words = _childs_words()
    own_words = _whose_words()
    mentions = forms.MultipleChoiceField(
        label=_("Do the words also tell about somebody else?"),
        help_text=_("Then a yes from that person is needed, too, before another unit sees them."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    category = forms.ChoiceField(label=_("What is it about?"), widget=forms.RadioSelect)
    meeting = forms.ChoiceField(label=_("Before or after which meeting?"), required=False)
    answer = forms.ChoiceField(
        label=_("May the others see it?"),
        help_text=_(
            "Ask the child after the talk, and say who the others are. A no is a good answer, and it changes "
            "nothing else."
        ),
        choices=SHOW_WORDS,
        initial=ShowAnswer.NOT_ASKED.value,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, people: Choices, others: Choices, matters: Choices, meetings: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("person", people)
        self.offer("mentions", others)
        self.offer("category", matters)
        self.offer("meeting", [("", _("None in particular")), *meetings])

    @property
    def said(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        return {
            "person": UUID(data["person"]),
            "on": data["on"],
            "how": Heard(data["how"]),
            "words": data["words"],
            "own_words": data["own_words"] == "yes",
            "mentions": [UUID(one) for one in data["mentions"]],
            "category": Category(int(data["category"])),
            "meeting": UUID(data["meeting"]) if data["meeting"] else None,
            "answer": ShowAnswer(data["answer"]),
        }


class ShowChildView(Form):
    """What the child answered, and on which day."""

    answer = forms.ChoiceField(
        label=_("May the others see it?"), choices=SHOW_WORDS[1:], widget=forms.RadioSelect
    )
    asked_on = DanishDate(label=_("When was the child asked?"))


class ShareDocument(Form):
    """To whom a document was given, and on which day."""

    receiver = forms.ChoiceField(label=_("Who gets it?"), widget=forms.RadioSelect)
    on = DanishDate(label=_("When?"))

    def __init__(self, *args: Any, receivers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receiver"].choices = receivers  # type: ignore[attr-defined]

    @property
    def said(self) -> dict[str, Any]:
        """What the action takes."""
        audience, _sep, person = self.cleaned_data["receiver"].partition(":")
        return {
            "audience": audience,
            "person": UUID(person) if person else None,
            "on": self.cleaned_data["on"],
        }


class SendNote(Looking):
    """A note to the family or to another sector."""

    kind = forms.ChoiceField(
        label=_("What is the note about?"), choices=SentKind.choices, widget=forms.RadioSelect
    )
    to_sector = forms.ChoiceField(label=_("Who gets it?"), widget=forms.RadioSelect)
    subjects = forms.MultipleChoiceField(label=_("Whom is it about?"), widget=forms.CheckboxSelectMultiple)
    category = forms.ChoiceField(label=_("What is it about?"), widget=forms.RadioSelect)
    effort = forms.ChoiceField(label=_("Which effort?"), required=False)
    document = forms.ChoiceField(label=_("Send a document with it"), required=False)
    text = forms.CharField(
        label=_("The note"),
        help_text=_("Only what the receiver needs. Write so that the family can read it."),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    whom_to_call = forms.CharField(
        label=_("Whom can they call?"), help_text=_("Name and number."), max_length=300, required=False
    )
    seen_by_family = forms.BooleanField(label=_("The family has seen the note"), required=False)
    seen_on = DanishDate(label=_("When did the family see it?"), required=False)

    def __init__(
        self,
        *args: Any,
        people: Choices,
        matters: Choices,
        receivers: Choices,
        efforts: Choices,
        documents: Choices,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer("to_sector", receivers)
        self.offer("subjects", people)
        self.offer("category", matters)
        self.offer("effort", [("", _("None in particular")), *efforts])
        self.offer("document", [("", _("None")), *documents])

    def said(self, today: date) -> dict[str, Any]:
        """What the action takes, but for the document."""
        data = self.cleaned_data
        return {
            "kind": SentKind(data["kind"]),
            "to_sector": Sector(data["to_sector"]),
            "subjects": [UUID(one) for one in data["subjects"]],
            "category": Category(int(data["category"])),
            "effort": UUID(data["effort"]) if data["effort"] else None,
            "text": data["text"],
            "whom_to_call": data["whom_to_call"],
            "seen_by_family": data["seen_by_family"],
            "seen_on": data["seen_on"] if data["seen_by_family"] else None,
            "today": today,
        }

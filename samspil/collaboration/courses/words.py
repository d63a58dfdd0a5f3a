"""The words of facts: what an attribute is called, and what its codes say to a person."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspil.foundation.kernel.decisions import Text

ATTRIBUTES: Mapping[str, Text] = {
    "basis": _("Rule"),
    "categories": _("Topics"),
    "child_present": _("Was the child there?"),
    "criterion": _("Point of the checklist"),
    "due_on": _("By which day?"),
    "duration": _("How many minutes?"),
    "ended_on": _("When did it end?"),
    "expires_on": _("Until when?"),
    "family_present": _("Was the family there?"),
    "feedback": _("Was feedback given?"),
    "goals": _("How many goals?"),
    "informant": _("Who answered?"),
    "intensity": _("How much?"),
    "kind": _("What kind?"),
    "level": _("Which level?"),
    "network_present": _("Was the network there?"),
    "ongoing": _("Does it go on?"),
    "outcome": _("What was decided?"),
    "outside_hours": _("Outside working hours?"),
    "own_words": _("In the family's own words?"),
    "people": _("Who is it about?"),
    "person": _("Who is it about?"),
    "plan": _("Is there to be a plan for the child?"),
    "planned_end": _("When is it planned to end?"),
    "professional": _("Who took part?"),
    "purpose": _("For what?"),
    "receiver": _("Who receives?"),
    "result": _("Is the family in the target group?"),
    "role": _("Which role?"),
    "sector": _("Which sector?"),
    "sectors": _("How many sectors were there?"),
    "setting": _("Where?"),
    "source": _("How?"),
    "status": _("What now?"),
    "strength": _("How strong?"),
    "track": _("Which track?"),
    "type": _("What type?"),
}
CODES: Mapping[str, Text] = {
    "admission": pgettext_lazy("a code in a fact", "Admission"),
    "advice": pgettext_lazy("a code in a fact", "Advice"),
    "change": pgettext_lazy("a code in a fact", "Change"),
    "closing": pgettext_lazy("a code in a fact", "Closing"),
    "coordination": pgettext_lazy("a code in a fact", "Coordination"),
    "education": pgettext_lazy("a code in a fact", "Education"),
    "employment-directed": pgettext_lazy("a code in a fact", "On the way to work"),
    "event": pgettext_lazy("a code in a fact", "An event"),
    "follow-up": pgettext_lazy("a code in a fact", "Follow-up"),
    "follow-up-call": pgettext_lazy("a code in a fact", "Follow-up call"),
    "job": pgettext_lazy("a code in a fact", "Job"),
    "kickoff": pgettext_lazy("a code in a fact", "Opening meeting"),
    "municipality": pgettext_lazy("a code in a fact", "Municipality"),
    "no": pgettext_lazy("a code in a fact", "No"),
    "none": pgettext_lazy("a code in a fact", "Neither education nor job"),
    "other": pgettext_lazy("a code in a fact", "Something else"),
    "parental-training": pgettext_lazy("a code in a fact", "Support for the parents"),
    "psychoeducation": pgettext_lazy("a code in a fact", "Psychoeducation"),
    "region": pgettext_lazy("a code in a fact", "Region"),
    "statute": pgettext_lazy("a code in a fact", "The law"),
    "consent": pgettext_lazy("a code in a fact", "Consent"),
    "status": pgettext_lazy("a code in a fact", "Status meeting"),
    "transition": pgettext_lazy("a code in a fact", "Transition"),
    "unknown": pgettext_lazy("a code in a fact", "Not known"),
    "yes": pgettext_lazy("a code in a fact", "Yes"),
}


def attribute(name: str) -> Text:
    """What an attribute is called on a form."""
    return ATTRIBUTES.get(name, name.replace("_", " ").capitalize())


def code(value: object) -> Text:
    """What a code says; a code without words of its own reads as it is spelt."""
    text = str(value)
    return CODES.get(text, text.replace("-", " ").replace("_", " ").capitalize())

"""The words of facts: what an attribute is called, and what its codes say to a person."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

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
    "admission": _("Admission"),
    "advice": _("Advice"),
    "change": _("Change"),
    "closing": _("Closing"),
    "coordination": _("Coordination"),
    "education": _("Education"),
    "employment-directed": _("On the way to work"),
    "event": _("An event"),
    "follow-up": _("Follow-up"),
    "follow-up-call": _("Follow-up call"),
    "job": _("Job"),
    "kickoff": _("Opening meeting"),
    "municipality": _("Municipality"),
    "no": _("No"),
    "none": _("Neither education nor job"),
    "other": _("Something else"),
    "parental-training": _("Support for the parents"),
    "psychoeducation": _("Psychoeducation"),
    "region": _("Region"),
    "statute": _("The law"),
    "consent": _("Consent"),
    "status": _("Status meeting"),
    "transition": _("Transition"),
    "unknown": _("Not known"),
    "yes": _("Yes"),
}


def attribute(name: str) -> Text:
    """What an attribute is called on a form."""
    return ATTRIBUTES.get(name, name.replace("_", " ").capitalize())


def code(value: object) -> Text:
    """What a code says; a code without words of its own reads as it is spelt."""
    text = str(value)
    return CODES.get(text, text.replace("-", " ").replace("_", " ").capitalize())

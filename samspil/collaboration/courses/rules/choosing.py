"""What is known already when a model is chosen for a family, so that nobody is asked for it again."""

from datetime import date

from samspil.collaboration.families.rules.ages import age_on

GROUPS = ((16, "under-16"), (18, "from-16"), (25, "from-18"))
"""The groups of age that the questions know: below an age, its answer."""


def known_answers(born: date | None, today: date, *, crosses: bool) -> dict[str, str]:
    """Answers that follow from the child's birthday, and from a referral to another authority."""
    found: dict[str, str] = {}
    if born is not None:
        age = age_on(born, today)
        found["age"] = next((answer for below, answer in GROUPS if age < below), "from-25")
    if crosses:
        found["two-departments"] = "yes"
    return found

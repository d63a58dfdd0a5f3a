"""What stands written, as forms have it."""

from uuid import UUID

from samspil.collaboration.plans import rules
from samspil.collaboration.plans.models import Effort, Goal


def written(row: Goal) -> dict[str, object]:
    """A goal as its form has it: field by field."""
    steps = [*row.steps, *[""] * rules.NUMBER_OF_STEPS][: rules.NUMBER_OF_STEPS]
    return {
        "words": row.words,
        "own_words": row.own_words,
        "said_by": str(row.said_by_id or ""),
        "said_on": row.said_on,
        **{f"step_{number}": text for number, text in enumerate(steps)},
        "no_steps_reason": row.no_steps_reason,
        "start": "" if row.start is None else str(row.start),
        "lead_sector": row.lead_sector,
        "owner": doer_key(row.owner_post_id, row.owner_person_id),
        "due_on": row.due_on,
        "mode": row.mode,
    }


def written_effort(row: Effort) -> dict[str, object]:
    """An effort as its form has it: field by field."""
    fields = ("type", "what", "sector", "provider", "law", "section", "purpose", "purpose_child")
    return {name: getattr(row, name) for name in fields}


def doer_key(post: UUID | None, person: UUID | None) -> str:
    """Who does something, as a form's choice."""
    return f"post:{post}" if post else f"person:{person}" if person else ""

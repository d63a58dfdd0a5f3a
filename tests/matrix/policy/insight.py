"""What is said of models: whoever takes part in courses answers, the owner's advisers read."""

from samspil.foundation.kernel.roles import RoleKey
from tests.matrix.cases import FORM, SAFE, Case, nobody, works_here
from tests.matrix.kinds import Kind

TAKES_PART = {
    RoleKey.CASEWORKER,
    RoleKey.CLINICIAN,
    RoleKey.SCHOOL_CONTACT,
    RoleKey.JOBCENTRE_WORKER,
    RoleKey.SUBSTANCE_WORKER,
    RoleKey.PROVIDER_WORKER,
    RoleKey.LEADER,
}


def takes_part(kind: Kind) -> bool:
    """Whoever works in courses, wherever."""
    return works_here(kind) and kind.role in TAKES_PART


def looks_after_models(kind: Kind) -> bool:
    """The agency's implementation advisers."""
    return works_here(kind) and kind.role == RoleKey.IMPLEMENTATION_ADVISER


STEP = {"key": "via-family", "version": "2.0-draft", "step": "safety-plan"}
VERSION = {"key": "via-family", "version": "2.0-draft"}

INSIGHT: dict[str, list[Case]] = {
    "experience:tell": [
        Case(
            "a step",
            takes_part,
            FORM,
            path=lambda world: dict(STEP),
            body=lambda world: {"answer": "works", "text": ""},
        ),
        Case("no such step", nobody, FORM, path=lambda world: {**STEP, "step": "nothing"}),
    ],
    "experience:models": [Case("no id", looks_after_models, SAFE)],
    "experience:elements": [
        Case("a version", looks_after_models, SAFE, path=lambda world: dict(VERSION)),
        Case("no such version", nobody, SAFE, path=lambda world: {**VERSION, "version": "0"}),
    ],
}

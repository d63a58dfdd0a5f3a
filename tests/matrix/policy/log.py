"""The log: whoever keeps a record sees what was changed in it, the owner's privacy officer everything."""

from samspil.foundation.kernel.roles import RoleKey
from tests.matrix.cases import (
    SAFE,
    Case,
    at,
    keeps,
    keeps_child,
    keeps_foreign,
    never,
    nobody,
    subject,
    works_here,
    works_with_families,
)
from tests.matrix.kinds import Kind
from tests.matrix.world import CHILD, MOTHER, STRANGER


def home_officer(kind: Kind) -> bool:
    """The privacy officer of the authority whose unit keeps the family's records."""
    return kind.role == RoleKey.PRIVACY_OFFICER and kind.unit == "family"


def reads_a_log(kind: Kind) -> bool:
    """Whose role reads who has seen what."""
    return works_with_families(kind) or home_officer(kind)


LOG: dict[str, list[Case]] = {
    "workplace:overview": [Case("no id", works_here, SAFE)],
    "workplace:logs": [
        Case("no id", reads_a_log, SAFE),
        Case(
            "nobody's number",
            nobody,
            ("POST",),
            body=lambda world: {"civil_number": "720517-4999"},
            may=home_officer,
        ),
    ],
    "workplace:log": [
        Case("the mother", lambda kind: keeps(kind) or home_officer(kind), SAFE, path=subject(MOTHER)),
        Case("the child", lambda kind: keeps_child(kind) or home_officer(kind), SAFE, path=subject(CHILD)),
        Case("a foreign person", keeps_foreign, SAFE, path=subject(STRANGER)),
        Case("nobody", nobody, SAFE, path=at("subject", never)),
    ],
}

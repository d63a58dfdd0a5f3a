"""The end of a course: for the coordinator and the leader; a copy is the one's who made it until given."""

from collections.abc import Callable
from uuid import NAMESPACE_OID, uuid5

from tests.matrix.cases import FORM, SAFE, Case, Values, nobody
from tests.matrix.kinds import Kind
from tests.matrix.living import HANDOVER, REMAINDER
from tests.matrix.policy.courses import ROUTE, coordinator, elsewhere, form, page, sees_daily, steers
from tests.matrix.world import CHILD, FATHER, NOBODY, World

CLOSING_SEERS: dict[str, Callable[[Kind], bool]] = {REMAINDER: sees_daily, HANDOVER: sees_daily}


def _left(world: World) -> Values:
    each = {f"left_{world.things[one]}": "Skolen gør det" for one in ("agreement", "effort item")}
    return {"now": "Ring til os", **each}


def _kept(world: World) -> Values:
    """The one basis of the course is kept; the page names by its key exactly those that it showed."""
    return {"why": "", f"basis_{uuid5(NAMESPACE_OID, str(world.basis)).hex}": "keep"}


def _not_now(world: World) -> Values:
    return {"given": "no", "why_not": "Far er rejst"}


def _closed(world: World) -> Values:
    return {"reason": "goals-reached", "retention": "family-case"}


def _reader(name: str) -> ROUTE:
    return lambda world: {"space": world.space, "reader": world.records[name].subject_id}


def _nobody(world: World) -> Values:
    return {"space": world.space, "reader": NOBODY}


def _others() -> list[Case]:
    """The child gets no copy of its own, and nobody none at all."""
    return [
        Case("a child", nobody, FORM, path=_reader(CHILD)),
        Case("nobody", nobody, FORM, path=_nobody),
        *elsewhere(_reader(FATHER)),
    ]


CLOSING: dict[str, list[Case]] = {
    "workplace:close": page(steers),
    "workplace:remains": form(steers, steers, _left),
    "workplace:consents": form(steers, steers, _kept),
    "workplace:copies": page(steers),
    "workplace:copy": [Case("the father", steers, SAFE, path=_reader(FATHER), may=steers), *_others()],
    "workplace:copy_file": [Case("the father", coordinator, SAFE, path=_reader(FATHER)), *_others()],
    "workplace:copy_given": [
        Case("the father", steers, SAFE, path=_reader(FATHER)),
        Case("the father, sent", steers, ("POST",), path=_reader(FATHER), body=_not_now),
        *_others(),
    ],
    "workplace:end": form(steers, nobody, _closed),
}

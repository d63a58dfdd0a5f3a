"""Models: public to read, adopted by leaders and administrators of an authority, published by the owner."""

from uuid import UUID

from samspil.foundation.kernel import clock
from samspil.foundation.kernel.roles import RoleKey
from tests.matrix.cases import FORM, SAFE, Case, Values, acts, everybody, never, nobody
from tests.matrix.kinds import Kind, Stands
from tests.matrix.world import World

BTI = {"key": "bti", "version": "2012-adapted-2024"}
OWNED = {"key": "bti", "version": "9-owned"}
"""A version whose owner is the agency of the matrix's world."""


def adopts(kind: Kind) -> bool:
    """Leaders and administrators, each for the own authority."""
    roles = {RoleKey.LEADER, RoleKey.ADMINISTRATOR}
    return kind.stands == Stands.STAFF and kind.role in roles and not kind.post_is_over


def adopts_at_home(kind: Kind) -> bool:
    """Those of the authority that has taken a model up."""
    return adopts(kind) and kind.unit != "elsewhere"


def publishes(kind: Kind) -> bool:
    """The implementation adviser of the agency."""
    return kind.stands == Stands.STAFF and kind.role == RoleKey.IMPLEMENTATION_ADVISER


def _at(**path: str) -> dict[str, object]:
    return {"path": lambda world: dict(path)}


def _nothing(path: dict[str, str]) -> dict[str, object]:
    return _at(**{**path, next(iter(path)): "nothing"})


def _taken_up(world: World) -> Values:
    return {
        "_here": "check",
        "_go": "adopt",
        "starts": clock.today().isoformat(),
        "initiative": "none",
        "reason": "",
        "own_count": "0",
    }


def _stopped(world: World) -> Values:
    return {"starts": clock.today().isoformat(), "reason": "Vi bruger en anden."}


def _variant(world: World) -> Values:
    return {"version": world.things["variant"]}


def _base(world: World) -> Values:
    return {"version": world.things["version"]}


def _id(world: World) -> Values:
    found = never(world)
    assert isinstance(found, UUID)
    return {"version": found}


def _owned(methods: tuple[str, ...] = SAFE, **more: object) -> list[Case]:
    """One's own version, another owner's, and nothing's."""
    return [
        Case("own version", publishes, methods, **_at(**OWNED), **more),  # type: ignore[arg-type]
        Case("another owner's version", nobody, methods, **_at(**BTI), **more),  # type: ignore[arg-type]
        Case("nothing's key", nobody, methods, **_nothing(OWNED), **more),  # type: ignore[arg-type]
    ]


MODELS: dict[str, list[Case]] = {
    "programmes:compare": [
        Case("nothing chosen", everybody, SAFE),
        Case(
            "two versions",
            everybody,
            SAFE,
            query=lambda world: {"a": "bti/2012-adapted-2024", "b": "via-family/2.0-draft"},
        ),
        Case("nothing's key", nobody, SAFE, query=lambda world: {"a": "nothing/1", "b": "nothing/2"}),
    ],
    "programmes:ours": [Case("no id", adopts, SAFE)],
    "programmes:adopt": [
        Case("a version", adopts, SAFE, **_at(**BTI)),  # type: ignore[arg-type]
        Case("a version taken up", adopts, ("POST",), **_at(**BTI), body=_taken_up),  # type: ignore[arg-type]
        Case("nothing's key", nobody, FORM, **_nothing(BTI), body=_taken_up),  # type: ignore[arg-type]
    ],
    "programmes:stop": [
        Case("in use at home", adopts_at_home, FORM, **_at(key="via-family"), body=_stopped),  # type: ignore[arg-type]
        Case("in use by nobody", nobody, FORM, **_at(key="bti"), body=_stopped),  # type: ignore[arg-type]
    ],
    "programmes:variant": [
        Case("an authority's", acts, SAFE, path=_variant),
        Case("the owner's own version", nobody, SAFE, path=_base),
        Case("nobody's id", nobody, SAFE, path=_id),
    ],
    "programmes:owned": [Case("no id", publishes, SAFE)],
    "programmes:trial": _owned(),
    "programmes:variants": _owned(),
    "programmes:publish": _owned(FORM, body=lambda world: {"words": "Besluttet."}),
}

"""The journal: notes and tools by topic and people; what a child said, its listener's until the yes."""

from collections.abc import Callable
from functools import partial

from samspil.foundation.kernel.sharing import Category
from tests.matrix.cases import SAFE, Case, Values, nobody
from tests.matrix.kinds import Kind
from tests.matrix.living import (
    DAILY_NOTE,
    HEALTH_NOTE,
    SENT_NOTE,
    SHOWN_VIEW,
    SIGN,
    UNSHOWN_VIEW,
    WHO_DOES_WHAT,
)
from tests.matrix.policy.courses import (
    child,
    coordinator,
    form,
    in_course,
    knows_family,
    page,
    person,
    sees_daily,
    sees_health,
    sees_parents_daily,
    stands,
    today,
    wrong,
)
from tests.matrix.world import CHILD, FATHER, World

JOURNAL_SEERS: dict[str, Callable[[Kind], bool]] = {
    HEALTH_NOTE: sees_health,
    DAILY_NOTE: sees_daily,
    SENT_NOTE: sees_daily,
    UNSHOWN_VIEW: coordinator,
    SHOWN_VIEW: sees_daily,
    SIGN: sees_health,
    WHO_DOES_WHAT: sees_parents_daily,
}


def _note(world: World) -> Values:
    return {
        "kind": "note",
        "on": today(world),
        "subjects": child(world),
        "category": "4",
        "text": "Glad for skolen",
    }


def _corrected(world: World) -> Values:
    version = world.tokens["health note"]
    text = {"text": "Medicinen er den samme", "reason": "Stavet forkert", "_version": version}
    return {**text, "category": str(int(Category.HEALTH))}


def _said_so(world: World) -> Values:
    version = world.tokens["unshown view"]
    return {
        "words": "Det var det, jeg sagde",
        "own_words": "yes",
        "reason": "Hørt forkert",
        "_version": version,
    }


def _child_view(world: World) -> Values:
    return {
        "person": child(world),
        "on": today(world),
        "how": "talk",
        "words": "Jeg vil vide det",
        "own_words": "yes",
        "category": "4",
        "answer": "not-asked",
    }


def _shown(world: World) -> Values:
    return {"answer": "yes", "asked_on": today(world)}


def _tool(world: World) -> Values:
    return {
        "on": today(world),
        "based_on": str(world.things["document"]),
        "signs__rows": "1",
        "signs__0__sign": "Sover ikke",
        "care__rows": "1",
        "tasks__rows": "1",
        "tasks__0__who": "Farmor",
        "tasks__0__what": "Henter",
        "tells": "Far siger det selv",
    }


def _given(world: World) -> Values:
    return {"receiver": f"parent:{world.records[FATHER].subject_id}", "on": today(world)}


def _letter(world: World) -> Values:
    return {
        "kind": "advice",
        "to_sector": "family",
        "subjects": child(world),
        "category": "4",
        "text": "Vi talte om hjælp",
        "whom_to_call": "Kommunen 12 34 56 78",
    }


_health, _daily = in_course(item="health note"), in_course(item="daily note")
_unshown, _shown_view = in_course(item="unshown view"), in_course(item="shown view")
_document, _letter_sent = in_course(item="document"), in_course(item="sent note")
_plan_of_father = person(FATHER, tool="safety-plan", audience="adult")
_items = partial(wrong, "item")

JOURNAL: dict[str, list[Case]] = {
    "journal:papers": page(stands),
    "journal:write_note": form(stands, knows_family, _note),
    "journal:note": [
        *page(sees_health, _health),
        Case("about every day", sees_daily, SAFE, path=_daily),
        *_items(_health),
    ],
    "journal:correct_note": [
        *form(sees_health, sees_health, _corrected, path=_health),
        Case("about every day", sees_daily, SAFE, path=_daily),
        *_items(_health),
    ],
    "journal:write_child_view": form(stands, knows_family, _child_view),
    "journal:child_view": [
        *page(coordinator, _unshown),
        Case("shown", sees_daily, SAFE, path=_shown_view),
        *_items(_unshown),
    ],
    "journal:show_child_view": [
        *form(coordinator, coordinator, _shown, path=_unshown),
        Case("shown already", sees_daily, SAFE, path=_shown_view),
        Case("shown already, sent", nobody, ("POST",), path=_shown_view, body=_shown),
        *_items(_unshown),
    ],
    "journal:correct_child_view": [
        *form(coordinator, coordinator, _said_so, path=_unshown),
        *_items(_unshown),
    ],
    "journal:begin": page(stands),
    "journal:fill": [
        *form(knows_family, knows_family, _tool, path=_plan_of_father),
        Case("for a child", nobody, path=person(CHILD, tool="safety-plan", audience="adult")),
        Case("no such tool", nobody, path=person(FATHER, tool="crystal-ball", audience="adult")),
        *wrong("person", _plan_of_father),
    ],
    "journal:document": [*page(sees_parents_daily, _document), *_items(_document)],
    "journal:share": [
        *form(sees_parents_daily, knows_family, _given, path=_document),
        *_items(_document),
    ],
    "journal:send": form(stands, knows_family, _letter),
    "journal:sent": [*page(sees_daily, _letter_sent), *_items(_letter_sent)],
}

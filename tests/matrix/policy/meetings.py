"""Meetings: seen and arranged by who sees everyday life of those they are about."""

from collections.abc import Callable
from datetime import timedelta

from samspil.foundation.kernel import clock
from tests.matrix.cases import FORM, SAFE, Case, Values, nobody, works_here
from tests.matrix.kinds import Kind
from tests.matrix.living import INVITED, MINUTES, PLACE, POINT, REPLY
from tests.matrix.policy.courses import (
    ROUTE,
    button,
    child,
    form,
    in_course,
    knows_family,
    next_one,
    page,
    sees_daily,
    sees_parents_daily,
    stands,
    today,
    wrong,
)
from tests.matrix.world import World

MEETING_SEERS: dict[str, Callable[[Kind], bool]] = dict.fromkeys((PLACE, REPLY, MINUTES, POINT), sees_daily)


def _soon(world: World) -> Values:
    day = clock.today() + timedelta(days=14)
    return {"on": f"{day:%d.%m.%Y}", "at": "14.30", "length": "60", **_reason(world)}


def _reason(world: World) -> Values:
    return {"reason": "Far er syg"}


def _planned(world: World) -> Values:
    where = {"code": "office", "place": "Rådhuset", "network": "Farmor"}
    about = {"about": child(world), "family": child(world)}
    return {"kind": "kickoff", "purpose": "Vi lærer hinanden at kende", **_soon(world), **where, **about}


def _neighbour(world: World) -> Values:
    return {"network": "Nabo Ole"}


def _yes(world: World) -> Values:
    return {"answer": "coming"}


def _point(world: World) -> Values:
    return {"title": "Sommerferien"}


def _there(world: World) -> Values:
    came = {f"presence_{world.things[f'{one} at the meeting']}": "here" for one in INVITED}
    return {**came, **{f"presence_{world.things[f'{one} at the past one']}": "here" for one in INVITED}}


def _over(world: World) -> Values:
    return {**_there(world), "held_on": today(world)}


def _decision(world: World) -> Values:
    return {"text": "Farmor henter om tirsdagen"}


def _task(world: World) -> Values:
    guest = world.things["keeper at the meeting"]
    return {"guest": guest, "what": "Ringer til skolen", "due_on": today(world)}


def _written(world: World) -> Values:
    return {"text": "Vi talte om sommeren"}


def _rewritten(world: World) -> Values:
    return {**_written(world), **_reason(world), "based_on": world.things["minutes"]}


_ahead, _past, _held = (
    in_course(meeting=name) for name in ("meeting", "past meeting", "meeting that was held")
)
_unwritten = in_course(meeting="meeting without minutes")


def _arranging(body: Callable[[World], Values], path: ROUTE = _ahead) -> list[Case]:
    """A form about the one meeting, for whoever sees it."""
    return [*form(sees_daily, sees_daily, body, path=path), *wrong("meeting", path)]


def _point_at(path: ROUTE) -> list[Case]:
    return [*button(sees_daily, path), *wrong("meeting", path), *_renamed(wrong("thread", path))]


def _renamed(cases: list[Case]) -> list[Case]:
    """The same aims at the second id in the path."""
    return [Case(f"{case.name}, inside", case.lawful, case.methods, path=case.path) for case in cases]


def _reply_of(name: str) -> ROUTE:
    return in_course(meeting="meeting", invitation=f"{name} at the meeting")


MEETINGS: dict[str, list[Case]] = {
    "meetings:mine": [Case("no id", works_here, SAFE)],
    "meetings:meetings": page(stands),
    "meetings:plan": form(stands, knows_family, _planned),
    "meetings:meeting": [*page(sees_daily, _ahead), *wrong("meeting", _ahead)],
    "meetings:place": [*page(sees_daily, _ahead), *wrong("meeting", _ahead)],
    "meetings:invite": _arranging(_neighbour),
    "meetings:reply": [
        *form(sees_daily, sees_daily, _yes, path=_reply_of("child")),
        Case("the father's", sees_parents_daily, ("POST",), path=_reply_of("father"), body=_yes),
        Case("the clinician's", next_one, ("POST",), path=_reply_of("clinician"), body=_yes),
        *wrong("meeting", _reply_of("child")),
        *_renamed(wrong("invitation", _reply_of("child"))),
        Case(
            "of another meeting",
            nobody,
            FORM,
            path=in_course(meeting="meeting", invitation="child at the past one"),
            body=_yes,
        ),
    ],
    "meetings:move": _arranging(_soon),
    "meetings:cancel": _arranging(_reason),
    "meetings:add_point": _arranging(_point),
    "meetings:drop_point": _point_at(in_course(meeting="meeting", thread="point")),
    "meetings:move_point": _point_at(in_course(meeting="meeting", thread="point")),
    "meetings:begin": _arranging(_there),
    "meetings:screen": _arranging(_decision),
    "meetings:give_task": [
        *form(sees_daily, knows_family, _task, path=_ahead),
        *wrong("meeting", _ahead),
    ],
    "meetings:close": _arranging(_over, _past),
    "meetings:minutes": [
        *page(sees_daily, _held),
        Case("not written yet", nobody, path=_unwritten),
        *wrong("meeting", _held),
    ],
    "meetings:share": _arranging(_written, _unwritten),
    "meetings:amend": _arranging(_rewritten, _held),
    "meetings:read": [
        *button(sees_daily, _held),
        Case("not written yet", nobody, ("POST",), path=_unwritten),
        *wrong("meeting", _held),
    ],
}

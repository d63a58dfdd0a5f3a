"""Rows about meetings, and what children have said before them."""

from datetime import timedelta

from samspil.collaboration.journal.models import Heard, ShowAnswer
from samspil.collaboration.meetings.models import MeetingEnd, PlaceCode, Presence
from samspil.doors.demo.generate.behind import Writer
from samspil.doors.demo.generate.facts import author_of
from samspil.doors.demo.generate.happenings import Happening
from samspil.doors.demo.generate.rows import FALSE, TRUE

POINTS = ((0, "Velkommen: hvem er vi"), (1000, "Hvordan var mødet?"))
PURPOSES = {
    "advice": "Familien får råd om, hvor de kan gå hen.",
    "kickoff": "Vi lærer hinanden at kende og taler om, hvad familien ønsker sig.",
    "status": "Vi ser på, hvordan det går, og hvad der skal være anderledes.",
    "closing": "Vi siger farvel og aftaler, hvem familien kan ringe til.",
}
SHARED = (
    "Alle sagde, hvordan det går derhjemme og i skolen. Vi fortsætter, og mødes igen om tre måneder.",
    "Mor har det bedre. Børnene har sagt, hvad de er bange for, og vi har aftalt, hvem de kan ringe til.",
    "Vi talte om en svær uge. Regionen taler med mor om medicinen, og kommunen finder aflastning.",
)
HEARD = (
    "Jeg kan bedst lide, når vi spiser sammen.",
    "Jeg er bange, når mor græder om natten.",
    "Jeg vil gerne have min ven med hjem.",
    "Jeg ved ikke, hvad jeg skal sige i skolen.",
)
RECENT = timedelta(days=90)
"""Who was invited and came is written for meetings since; of older ones the day and the minutes stand."""


def write_meeting(writer: Writer, one: Happening, written: str) -> None:
    """A meeting, where it is, who is asked, and what it is about."""
    story, author, meeting = writer.story, author_of(one), str(one.attributes["meeting"])
    day, kind = str(one.attributes["takes_place_on"]), str(one.attributes["kind"])
    writer.add(
        "meetings_meeting", "meeting", author, written, kind, f"{day} 13:00:00+00", "60",
        PURPOSES[kind], author.post, made=meeting,
    )  # fmt: skip
    place = story.chance.choice((PlaceCode.OFFICE, PlaceCode.HOME, PlaceCode.SCHOOL))
    writer.add("meetings_meetingplace", "meeting-place", author, written, meeting, place, "")
    if one.on < story.today - RECENT:
        return
    for colleague, _role, since in story.team:
        if since <= one.on:
            _invite(writer, one, written, colleague.post, "")
    for person in story.parents:
        _invite(writer, one, written, None, person.subject)
    for position, title in POINTS:
        point = story.keys.new()
        writer.add(
            "meetings_point", "point", author, written, meeting, point, title, str(position),
            None, None, None, None, "", None, FALSE, None, made=point,
        )  # fmt: skip


def _invite(writer: Writer, one: Happening, written: str, post: str | None, person: str) -> None:
    meeting, subjects = str(one.attributes["meeting"]), [person] if person else []
    invitation = writer.add(
        "meetings_invitation", "invitation", author_of(one), written, meeting, post, person or None, "",
        subjects=subjects,
    )  # fmt: skip
    writer.guests.setdefault(meeting, []).append((invitation, person))


def write_held(writer: Writer, one: Happening, written: str) -> None:
    """That it was held, and who of those invited came."""
    author, meeting, on = author_of(one), str(one.attributes["meeting"]), one.on.isoformat()
    for invitation, person in writer.guests.get(meeting, ()):
        came = Presence.HERE if writer.story.chance.random() < 0.9 else Presence.ABSENT
        writer.add(
            "meetings_attendance", "attendance", author, written, meeting, invitation, came,
            subjects=[person] if person else [],
        )  # fmt: skip
    writer.add(
        "meetings_meetingend", "meeting-end", author, written, meeting, MeetingEnd.Outcome.HELD, on, on, ""
    )


def write_minutes(writer: Writer, one: Happening, written: str) -> None:
    """What everybody gets to read."""
    author, meeting = author_of(one), str(one.attributes["meeting"])
    writer.add(
        "meetings_minutes", "minutes", author, written, meeting, "1",
        writer.story.chance.choice(SHARED), written, author.post, None, "",
    )  # fmt: skip


def write_child_view(writer: Writer, one: Happening, written: str) -> None:
    """What a child has said: most say yes to that the others read it."""
    author, child, on = author_of(one), str(one.attributes["person"]), one.on.isoformat()
    is_shown = writer.story.chance.random() < 0.6
    writer.add(
        "journal_childview", "child-view", author, written, child, author.post, on, Heard.TALK,
        writer.story.chance.choice(HEARD), TRUE, str(one.attributes["meeting"]),
        ShowAnswer.YES if is_shown else ShowAnswer.NOT_ASKED, on if is_shown else None, "",
        subjects=[child], is_released=is_shown,
    )  # fmt: skip

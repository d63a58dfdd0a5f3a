"""Rows of notes: a handful in each course, of both sectors."""

from datetime import timedelta

from samspil.collaboration.journal.models import NoteKind
from samspil.doors.demo.generate.behind import Writer
from samspil.doors.demo.generate.rows import at_noon
from samspil.doors.demo.generate.story import CASEWORKER, CLINICIAN
from samspil.foundation.kernel.sharing import Category

EVERY = 70
"""Days between two notes, more or less."""
TEXTS = (
    (NoteKind.PHONE, "Talte med mor i telefonen. Morgenerne går bedre, når tøjet er lagt frem aftenen før."),
    (NoteKind.HOME_VISIT, "På besøg i hjemmet. Børnene viste deres værelse. Vi talte om, hvem der henter."),
    (NoteKind.TALK, "Samtale om at være forælder, når man er syg. Vi øvede, hvad man kan sige til børnene."),
    (NoteKind.NOTE, "Skolen siger, at der er færre dage uden madpakke, og at der er kommet en ven til."),
    (NoteKind.LETTER, "Skrev til familien om tiderne de næste fire uger."),
)


def write_notes(writer: Writer, until: int) -> None:
    """What each sector writes down up to this day of the course."""
    story, days = writer.story, 7
    while days < until:
        author = story.opener if not story.joined or story.chance.random() < 0.5 else story.other
        on = max(story.opened + timedelta(days=days), story.joined or story.opened)
        if on > story.today:
            return
        kind, text = story.chance.choice(TEXTS)
        writer.add(
            "journal_note", "note", author, at_noon(on, 400),
            author.post, kind, on.isoformat(), text, None, "",
            category=Category.SOCIAL if author is CASEWORKER else Category.HEALTH,
            subjects=[story.parents[0].subject] if author is CLINICIAN else (),
        )  # fmt: skip
        days += story.chance.randrange(EVERY // 2, EVERY + EVERY // 2)

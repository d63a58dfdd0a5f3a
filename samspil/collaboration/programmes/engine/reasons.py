"""Why an occurrence is due when it is, in words; made only when somebody asks."""

from datetime import date, datetime
from functools import lru_cache

from samspil.collaboration.programmes import vocabulary
from samspil.collaboration.programmes.language.when import Shift
from samspil.collaboration.programmes.language.words import Text
from samspil.foundation.kernel.clock import COPENHAGEN

_MONTHS_DA = ["jan.", "feb.", "mar.", "apr.", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec."]
_MONTHS_EN = ["Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sep", "Oct", "Nov", "Dec"]
_UNITS = {
    "working_days": ("hverdag", "hverdage", "working day", "working days"),
    "hours": ("time", "timer", "hour", "hours"),
    "months": ("måned", "måneder", "month", "months"),
    "days": ("dag", "dage", "day", "days"),
}
_DATES = {"planned_end": Text(da="Planlagt slut", en="Planned end")}
STATES = {
    "not due": Text(da="Ikke endnu.", en="Not yet."),
    "open": Text(da="Kan gøres nu.", en="Can be done now."),
    "due": Text(da="Fristen er nu.", en="Due now."),
    "late": Text(da="Forsinket: fristen er passeret.", en="Late: the due date has passed."),
    "done": Text(da="Gjort i tide", en="Done in time"),
    "done late": Text(da="Gjort for sent", en="Done late"),
    "missed": Text(da="Ikke sket i den tid, det skulle.", en="Not done in its time."),
    "excused": Text(da="Undtaget med grund", en="Excused with reason"),
    "not relevant": Text(da="Ikke relevant her.", en="Not relevant here."),
}
NOTES = {
    "unknown": Text(
        da="Fristen er ikke kendt endnu: den regnes fra »{event}«.",
        en="The due date is not known yet: it counts from “{event}”.",
    ),
    "track": Text(da="Hører til et andet spor.", en="Belongs to another track."),
    "age": Text(da="Alderen på dagen er uden for trinnet.", en="Outside the step's ages on the day."),
    "nobody": Text(da="Ingen med rollen er noteret.", en="Nobody with the role is noted."),
    "closed": Text(da="Forløbet blev afsluttet før.", en="The course closed before."),
    "ended": Text(da="Det var slut, før fristen kom.", en="It had ended before the due date."),
    "before-start": Text(
        da="Fristen lå, før forløbet begyndte.", en="The due date was before the course began."
    ),
    "too-old": Text(da="Var fyldt {age} år ved start.", en="Was {age} at the start."),
    "too-young": Text(da="Var ikke fyldt {age} år ved start.", en="Was not yet {age} at the start."),
    "called-off": Text(da="Aflyst.", en="Called off."),
    "noted-later": Text(da="Noteret senere.", en="Noted later."),
}


@lru_cache(maxsize=4096)
def spelled_day(day: date | datetime) -> Text:
    """26. nov. 2026, with the time where there is one."""
    if isinstance(day, datetime):
        local = day.astimezone(COPENHAGEN)
        inner = spelled_day(local.date())
        return Text(da=f"{inner.da} kl. {local:%H.%M}", en=f"{inner.en} at {local:%H:%M}")
    return Text(
        da=f"{day.day}. {_MONTHS_DA[day.month - 1]} {day.year}",
        en=f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}",
    )


@lru_cache(maxsize=1024)
def spelled_span(span: Shift) -> Text:
    """10 hverdage efter, 30 dage før, samme dag som."""
    values = span._asdict()
    parts = [(abs(values[name]), words, values[name] < 0) for name, words in _UNITS.items() if values[name]]
    if not parts:
        return Text(da="samme dag som", en="the same day as")
    da = " og ".join(f"{count} {words[0 if count == 1 else 1]}" for count, words, _ in parts)
    en = " and ".join(f"{count} {words[2 if count == 1 else 3]}" for count, words, _ in parts)
    before = parts[0][2]
    return Text(da=f"{da} {'før' if before else 'efter'}", en=f"{en} {'before' if before else 'after'}")


@lru_cache(maxsize=1024)
def event(kinds: tuple[str, ...], birthday: int | None, attribute: str | None) -> Text:
    """The name of what starts a clock."""
    if birthday is not None:
        return Text(da=f"{birthday} års fødselsdag", en=f"{birthday}th birthday")
    if attribute is not None:
        return _DATES.get(attribute, Text(da="aftalt dato", en="agreed date"))
    kind = vocabulary.KINDS[kinds[-1]]
    return Text(da=kind.da, en=kind.en)

"""When a step is due, as people say it: »inden 7 dage«, »hver 6. uge«, »14 dage efter »Møde holdt««."""

from samspil.collaboration.programmes.engine import reasons
from samspil.collaboration.programmes.language import Anchor, Programme, Step
from samspil.collaboration.programmes.language.when import Shift, Span, shift
from samspil.collaboration.programmes.language.words import Text
from samspil.collaboration.programmes.loading import rhythms

_START = "course.opened"
_WEEK = 7


def due_words(programme: Programme, step: Step) -> Text:
    """The step's deadline or rhythm in a few words."""
    if step.repeats is not None:
        return _rhythm(programme, step)
    found = [_one(anchor, span) for anchor, span in step.due.anchors]
    if not found:
        return Text(da="uden frist", en="without a deadline")
    return Text(
        da=", eller før: ".join(one.da for one in found), en=", or sooner: ".join(one.en for one in found)
    )


def often(span: Span) -> Text:
    """How often, for a span written in a definition: »hver 12. måned«."""
    return _every(shift(span))


def _rhythm(programme: Programme, step: Step) -> Text:
    said = [_every(whole) for whole in rhythms(programme, step)]
    return Text(da=" eller ".join(one.da for one in said), en=" or ".join(one.en for one in said))


def _every(whole: Shift) -> Text:
    if whole.days and whole.days % _WEEK == 0:
        return _each(whole.days // _WEEK, "uge", "week")
    if whole.months:
        return _each(whole.months, "måned", "month")
    if whole.working_days:
        return _each(whole.working_days, "hverdag", "working day")
    return _each(whole.days, "dag", "day")


def _each(count: int, da: str, en: str) -> Text:
    if count == 1:
        return Text(da=f"hver {da}", en=f"every {en}")
    return Text(da=f"hver {count}. {da}", en=f"every {count} {en}s")


def _one(anchor: Anchor, span: Span | None) -> Text:
    whole = shift(span)
    if anchor.fact == _START and not anchor.where and whole != Shift():
        said = reasons.spelled_span(whole)
        return Text(
            da="inden " + said.da.removesuffix(" efter"), en="within " + said.en.removesuffix(" after")
        )
    if anchor.fact == _START and whole == Shift():
        return Text(da="fra første dag", en="from the first day")
    event = reasons.event(anchor.kinds, anchor.birthday, anchor.date)
    said = reasons.spelled_span(whole)
    return Text(da=f"{said.da} »{event.da}«", en=f"{said.en} “{event.en}”")

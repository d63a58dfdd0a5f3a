"""When a step is due, as people say it: »inden 7 dage«, »hver 6. uge«, »14 dage efter »Møde holdt««."""

from samspil.collaboration.programmes.engine import reasons
from samspil.collaboration.programmes.language import Anchor, Programme, Step
from samspil.collaboration.programmes.language.programme import Measure
from samspil.collaboration.programmes.language.when import Shift, Span, shift
from samspil.collaboration.programmes.language.words import Text

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


def round_words(measure: Measure) -> Text:
    """When a measure is answered: ved start, måned 6, 12."""
    months = [shift(one.at).months for one in measure.rounds if one.at != "start" and shift(one.at).months]
    weeks = [
        shift(one.at).days // _WEEK
        for one in measure.rounds
        if one.at != "start" and not shift(one.at).months
    ]
    da, en = [], []
    if any(one.at == "start" for one in measure.rounds):
        da.append("ved start")
        en.append("at the start")
    if weeks:
        da.append("uge " + ", ".join(map(str, weeks)))
        en.append("week " + ", ".join(map(str, weeks)))
    if months:
        da.append("måned " + ", ".join(map(str, months)))
        en.append("month " + ", ".join(map(str, months)))
    return Text(da=", ".join(da), en=", ".join(en))


def _rhythm(programme: Programme, step: Step) -> Text:
    assert step.repeats is not None  # noqa: S101 - asked by the caller
    if step.repeats.every == "track":
        phase = next(one for one in programme.phases if step in one.steps)
        options = phase.tracks.options.values() if phase.tracks else ()
        said = [_every(option.every) for option in options if option.every]
        return Text(da=" eller ".join(one.da for one in said), en=" or ".join(one.en for one in said))
    return _every(step.repeats.every)


def _every(span: Span) -> Text:
    whole = shift(span)
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

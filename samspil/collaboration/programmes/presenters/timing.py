"""When a step is due, as people say it, and from what: »senest 7 dage efter start«, »hver 6. uge«."""

from collections.abc import Mapping, Sequence

from samspil.collaboration.programmes.engine import reasons
from samspil.collaboration.programmes.language import Anchor, Programme, Step
from samspil.collaboration.programmes.language.when import Shift, Span, shift
from samspil.collaboration.programmes.language.words import Text
from samspil.collaboration.programmes.loading import rhythms

_START = "course.opened"
_WEEK = 7
_DAYS: Mapping[str, tuple[str, str]] = {
    "assessment.finished": ("undersøgelsen blev færdig", "the assessment was finished"),
    "change.requested": ("nogen bad om en ændring", "somebody asked for a change"),
    "concern.raised": ("nogen skrev en undren eller bekymring ned", "somebody noted a concern"),
    "contact_session.logged": ("en session ikke flyttede noget", "a session moved nothing"),
    "coordinator.named": ("koordinatoren fik navn", "the coordinator was named"),
    "course.closed": ("forløbet sluttede", "the course closed"),
    "decision.made": ("det blev besluttet{decision}", "it was decided{decision}"),
    "effort.changed": ("{effort} blev ændret", "{effort} was changed"),
    "effort.decided": ("{effort} blev besluttet", "{effort} was decided"),
    "effort.ended": ("{effort} sluttede", "{effort} ended"),
    "effort.requested": ("{effort} blev ønsket", "{effort} was requested"),
    "effort.started": ("{effort} begyndte", "{effort} started"),
    "handover.requested": ("nogen bad om at give ansvaret videre", "somebody asked to hand over"),
    "level.set": ("niveau {level} blev valgt", "level {level} was chosen"),
    "meeting.held": ("{meeting} blev holdt", "{meeting} was held"),
    "meeting.planned": ("{meeting} efter aftale skal holdes", "{meeting} is agreed to be held"),
    "plan.agreed": ("planen blev aftalt", "the plan was agreed"),
    "plan.revised": ("planen blev ændret", "the plan was revised"),
    "setting.changed": ("{setting} begyndte", "{setting} began"),
    "sparring.requested": ("nogen bad om sparring", "somebody asked for sparring"),
    "track.chosen": ("I valgte sporet {track}", "you chose the track {track}"),
}
"""Which day a clock counts from, where no step of the model notes it."""
_WHOSE = {
    "municipality": ("kommunens", "the municipality's"),
    "region": ("regionens", "the region's"),
    "": ("familiens", "the family's"),
}
_SETTINGS = {
    "home": ("tiden hjemme", "the time at home"),
    "residential": ("døgnopholdet", "the 24-hour stay"),
}
_DECISIONS = {
    "closing": (" at slutte", " to close"),
    "youth-plan": (" at lave en ungeplan", " to make a youth plan"),
}
_MEETINGS = {
    "core-team": ("kerneteamets møde", "the core team's meeting"),
    "evaluation": ("evalueringsmødet", "the evaluation meeting"),
    "school-shift": ("mødet om skift af skole", "the meeting about a change of school"),
}
_TREATMENT = ("familiebehandlingen", "the family treatment")
_NAMED_BY_STEP = frozenset(
    {"concern.raised", "coordinator.named", "decision.made", "meeting.held", "plan.agreed"}
)
"""Where one step alone notes such a fact, a reader looks for that step."""
_STAYS = Text(
    da="indlæggelse, udskrivning eller skift i behandlingen", en="admission, discharge or change of treatment"
)


def due_words(programme: Programme, step: Step) -> Text:
    """The step's deadline or rhythm in a few words."""
    if step.repeats is not None:
        return _rhythm(programme, step)
    spans: dict[str, list[Text]] = {}
    for anchor, span in step.due.anchors:
        so_long, since = _one(programme, step, anchor, span)
        spans.setdefault(so_long.da, []).append(
            Text(da=f"{so_long.da} {since.da}", en=f"{so_long.en} {since.en}")
        )
    if not spans:
        return Text(da="uden frist", en="without a deadline")
    found = [_joined(said) for said in spans.values()]
    return Text(
        da=", eller ".join(one.da for one in found) + (", hvis det er før" if found[1:] else ""),
        en=", or ".join(one.en for one in found) + (", if that is sooner" if found[1:] else ""),
    )


def _joined(said: Sequence[Text]) -> Text:
    """»senest 7 dage efter A, B eller C«: what several clocks of one length have in common stands once."""
    several = list(dict.fromkeys(said))
    return Text(da=_once([one.da for one in several], "eller"), en=_once([one.en for one in several], "or"))


def _once(texts: Sequence[str], word: str) -> str:
    words = [text.split(" ") for text in texts]
    if len(words) == 1:
        return texts[0]
    shortest = min(map(len, words))
    same = next((at for at in range(shortest) if len({one[at] for one in words}) > 1), shortest)
    tail = next((at for at in range(shortest - same) if len({one[-1 - at] for one in words}) > 1), 0)
    middles = [" ".join(one[same : len(one) - tail]) for one in words]
    listed = f"{', '.join(middles[:-1])} {word} {middles[-1]}"
    return " ".join([*words[0][:same], listed, *(words[0][-tail:] if tail else [])])


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


def _one(programme: Programme, step: Step, anchor: Anchor, span: Span | None) -> tuple[Text, Text]:
    """How long, and from what."""
    whole = shift(span)
    if anchor.fact == _START and not anchor.where:
        since = Text(da="start", en="the start")
    else:
        since = _since(programme, step, anchor)
    window = step.due.window
    if whole != Shift():
        said = reasons.spelled_span(whole)
        return Text(da=f"senest {said.da}", en=f"at the latest {said.en}"), since
    if anchor.fact == _START:
        return Text(da="på", en="on"), Text(da="første dag", en="the first day")
    if window is not None and window.early and window.late:
        early, late = (reasons.spelled_span(shift(one)) for one in (window.early, window.late))
        before = Text(da=early.da.replace(" efter", " før"), en=early.en.replace(" after", " before"))
        return Text(da=f"fra {before.da} til {late.da}", en=f"{before.en} to {late.en}"), since
    if since.da.startswith("den dag,"):
        return Text(da="den dag,", en="the day"), Text(da=since.da[9:], en=since.en[8:])
    return Text(da="samme dag som", en="the same day as"), since


def _since(programme: Programme, step: Step, anchor: Anchor) -> Text:
    """What a clock counts from: a birthday, a day agreed, another step of the model, or what happened."""
    if anchor.birthday is not None:
        return Text(da=f"{anchor.birthday}-års fødselsdagen", en=f"the {anchor.birthday}th birthday")
    if "effort.ended" in anchor.kinds or (anchor.date is not None and "effort.started" in anchor.kinds):
        da, en = _effort(anchor)
        return Text(da=f"den dag, {da} slutter", en=f"the day {en} ends")
    if anchor.date is not None:
        return Text(da="den aftalte dag", en="the agreed day")
    if "admission" in anchor.kinds:
        return _STAYS
    return _other_step(programme, step, anchor) or _happened(programme, anchor)


def _other_step(programme: Programme, step: Step, anchor: Anchor) -> Text | None:
    """The title of the one step that notes what the clock counts from."""
    noting = [
        other
        for other in programme.steps
        if other is not step
        and len(other.evidence.patterns) == 1
        and other.evidence.patterns[0].fact in _NAMED_BY_STEP.intersection(anchor.kinds)
        and other.evidence.patterns[0].where == anchor.where
    ]
    if len(noting) != 1:
        return None
    return Text(da=f"»{noting[0].title.da}«", en=f"“{noting[0].title.en}”")


def _happened(programme: Programme, anchor: Anchor) -> Text:
    kind = anchor.kinds[-1]
    if kind not in _DAYS:
        event = reasons.event(anchor.kinds, None, None)
        return Text(da=f"»{event.da}«", en=f"“{event.en}”")
    where = {name: str(value) for name, value in anchor.where.items()}
    track = programme.tracks.options.get(where.get("track", "")) if programme.tracks else None
    words = {
        "decision": _DECISIONS.get(where.get("kind", ""), ("", "")),
        "effort": _effort(anchor),
        "level": (where.get("level", ""),) * 2,
        "meeting": _MEETINGS.get(where.get("kind", ""), ("mødet", "the meeting")),
        "setting": _SETTINGS.get(where.get("setting", ""), ("rammen", "the setting")),
        "track": (track.title.da, track.title.en) if track else ("", ""),
    }
    da, en = (_DAYS[kind][at].format(**{name: pair[at] for name, pair in words.items()}) for at in range(2))
    return Text(da=f"den dag, {da}", en=f"the day {en}")


def _effort(anchor: Anchor) -> tuple[str, str]:
    if anchor.where.get("type") == "family-treatment":
        return _TREATMENT
    da, en = _WHOSE[str(anchor.where.get("sector", ""))]
    return f"{da} indsats", f"{en} effort"

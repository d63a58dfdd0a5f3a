"""The page of a try: a family on a day, what falls due when and why, and what else follows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samspil.collaboration.programmes import engine, vocabulary, words
from samspil.collaboration.programmes.engine import Answer, Occurrence, State, reasons
from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.programmes.language.law import Clock
from samspil.collaboration.programmes.loading import Library
from samspil.collaboration.programmes.measured import INFORMANTS
from samspil.collaboration.programmes.presenters.about import Choice
from samspil.collaboration.programmes.presenters.picture import Picture, picture
from samspil.collaboration.programmes.presenters.versions import version_words
from samspil.collaboration.programmes.trying.families import Family
from samspil.collaboration.programmes.trying.state import Asked, packed
from samspil.collaboration.programmes.trying.tried import Told, Tried, evidence_of
from samspil.foundation.kernel.clock import day_of
from samspil.foundation.kernel.decisions import Text
from samspil.foundation.web.marks import MARKS

KINDS: Mapping[State, str] = {
    State.NOT_DUE: "not-yet", State.OPEN: "open", State.DUE: "soon", State.LATE: "late", State.DONE: "done",
    State.DONE_LATE: "done-late", State.MISSED: "missed", State.EXCUSED: "excused",
    State.NOT_RELEVANT: "not-asked",
}  # fmt: skip
"""The mark of each state."""
WAITS = (State.LATE, State.DUE, State.OPEN)
_ORDER = (State.LATE, State.DUE, State.OPEN, State.MISSED, State.NOT_DUE, State.DONE_LATE, State.DONE,
          State.EXCUSED, State.NOT_RELEVANT)  # fmt: skip
"""Which state a step shows in the picture: the one that asks for most."""
MOST_LINES = 5
ANSWERS: Mapping[Answer, tuple[str, Text]] = {
    Answer.YES: ("done", gettext_lazy("Yes")),
    Answer.NO: ("refused", gettext_lazy("No")),
    Answer.UNKNOWN: ("unknown", gettext_lazy("Not known")),
}
THEN: Mapping[str, Text] = {
    "child-protection-report": gettext_lazy("Report your concern to the municipality."),
    "anonymous-advice": gettext_lazy("Ask for advice without saying the name."),
    "another-model": gettext_lazy("See whether another model fits better."),
    "picture-tools": gettext_lazy("Use tools with pictures, and take small steps."),
}
"""What to do where a warning sounds."""


@dataclass(frozen=True, slots=True)
class Line:
    """One occurrence: its state, when, for whom, and why.

    `did` notes it done by a click; where the form must ask for more, `note_url` leads to it.
    """

    kind: str
    word: str
    title: str
    url: str
    due: str
    who: str
    person: str
    why: str
    did: str
    note_url: str


@dataclass(frozen=True, slots=True)
class Part:
    """A phase, or the measures, with what falls due in it."""

    title: str
    lines: list[Line]
    more: str


@dataclass(frozen=True, slots=True)
class Question:
    """One criterion of the target group: the answer, why, and what it means."""

    kind: str
    word: str
    ask: str
    why: str
    role: str
    source: str
    then: str


@dataclass(frozen=True, slots=True)
class Element:
    """A core element with its criteria: followed, partly, not, or not to be judged yet."""

    title: str
    criteria: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact of the story, and the address that takes it out or puts it back."""

    day: str
    text: str
    said: str
    url: str
    act: str
    is_added: bool
    is_out: bool


@dataclass(frozen=True, slots=True)
class TryPage:
    """Everything on the page of a try."""

    title: str
    version: str
    draft: str
    story: str
    families: list[tuple[str, str, bool]]
    on: date
    packed: str
    family: str
    people: list[tuple[str, str]]
    facts: list[FactLine]
    now: list[Line]
    parts: list[Part]
    picture: Picture
    verdict: tuple[str, str]
    questions: list[Question]
    warnings: list[str]
    elements: list[Element]
    held: list[tuple[str, str]]
    empty: bool


def address(programme: Programme, asked: Asked, page: str = "try", **more: str) -> str:
    """Where a question stands. Raises BadState where it holds too much for an address."""
    said = {"family": asked.family, "on": asked.on.isoformat() if asked.on else "", "s": packed(asked.kept)}
    query = urlencode({name: value for name, value in {**said, **more}.items() if value})
    path = reverse(f"programmes:{page}", args=[programme.key, programme.version])
    return f"{path}?{query}" if query else path


def family_choices(programme: Programme, families: Iterable[Family], language: str) -> list[Choice]:
    """The families to choose from, and the empty one, with their addresses."""
    return [
        *(Choice(one.title.said(language), address(programme, Asked(one.key))) for one in families),
        Choice(_("Start empty"), address(programme, Asked(EMPTY))),
    ]


EMPTY = "empty"


def try_page(
    programme: Programme,
    families: Sequence[Family],
    asked: Asked,
    found: Tried,
    library: Library,
    language: str,
) -> TryPage:
    """The page in the reader's language."""
    family = next((one for one in families if one.key == asked.family), None)
    drawer = _Drawer(programme, asked, found, library, language)
    links = family_choices(programme, families, language)
    keys = [*(one.key for one in families), EMPTY]
    return TryPage(
        title=programme.title.said(language),
        version=version_words(programme.version),
        draft=programme.draft_notice.said(language) if programme.draft_notice else "",
        story=family.story.said(language) if family else "",
        families=[
            (one.title, one.options, key == asked.family) for one, key in zip(links, keys, strict=True)
        ],
        on=found.on,
        packed=packed(asked.kept),
        family=asked.family,
        people=[(one.name, drawer.described(one.person)) for one in found.people],
        facts=[drawer.fact(one) for one in sorted(found.facts, key=lambda one: one.fact.order)],
        now=drawer.now(),
        parts=list(drawer.parts()),
        picture=picture(programme, language, drawer.states(), library.planned.instruments),
        verdict=drawer.verdict(),
        questions=list(drawer.questions()),
        warnings=list(drawer.warnings()),
        elements=list(drawer.elements()),
        held=drawer.held(),
        empty=not any(not one.is_out for one in found.facts),
    )


class _Drawer:
    """Shapes one try for one reader."""

    def __init__(
        self, programme: Programme, asked: Asked, found: Tried, library: Library, language: str
    ) -> None:
        self.programme, self.asked, self.found = programme, asked, found
        self.library, self.language = library, language
        self.names = {one.person.id: one.name for one in found.people}
        self.roles = {role.key: role.title.said(language) for role in programme.roles}
        self.steps = {step.key: step for step in programme.steps}
        self.by_step: dict[str, list[Occurrence]] = {}
        for one in found.occurrences:
            self.by_step.setdefault(one.step, []).append(one)

    def described(self, person: engine.Person) -> str:
        roles = ", ".join(self.roles[key] for key in sorted(person.roles))
        if person.born is None:
            return roles
        return _("%(roles)s, born %(day)s") % {"roles": roles, "day": self._day(person.born)}

    def now(self) -> list[Line]:
        """What waits on the day, late first."""
        waiting = [one for one in self.found.occurrences if one.state in WAITS]
        waiting.sort(key=lambda one: (WAITS.index(one.state), self._at(one)))
        return [self._line(one) for one in waiting]

    def parts(self) -> Iterator[Part]:
        for number, phase in enumerate(self.programme.phases, 1):
            keys = [step.key for step in phase.steps]
            yield self._part(f"{number} {phase.title.said(self.language)}", keys)
        if self.programme.measures:
            yield self._part(_("Measures"), [one.key for one in self.programme.measures])

    def _part(self, title: str, keys: Iterable[str]) -> Part:
        lines: list[Line] = []
        hidden = 0
        for key in keys:
            rows = self.by_step.get(key, [])
            shown = _telling(rows)
            lines += [self._line(one) for one in shown]
            hidden += len(rows) - len(shown)
        more = ngettext("%(n)s further time is not shown.", "%(n)s further times are not shown.", hidden)
        return Part(title, lines, more % {"n": hidden} if hidden else "")

    def _line(self, one: Occurrence) -> Line:
        kind = KINDS[one.state]
        word = _("Not relevant") if one.state is State.NOT_RELEVANT else str(MARKS[kind].word)
        step = self.steps.get(one.step)
        url = ""
        if step is not None:
            url = reverse("programmes:step", args=[self.programme.key, self.programme.version, one.step])
        can_do = one.state in WAITS or one.state in (State.NOT_DUE, State.MISSED)
        return Line(
            kind=kind,
            word=word,
            title=self._title(one.step),
            url=url,
            due=self._day(one.due) if one.due else "",
            who=self.roles.get(one.responsible, one.responsible),
            person=self.names.get(one.person or "", ""),
            why=one.why.said(self.language),
            did=self._did(one) if can_do else "",
            note_url=self._note_url(one) if can_do else "",
        )

    def _did(self, one: Occurrence) -> str:
        """What the button says back: the step and the person; nothing where the form must ask for more."""
        return f"{one.step}:{one.person or ''}" if evidence_of(self.programme, one.step, one.person) else ""

    def _note_url(self, one: Occurrence) -> str:
        kind = one.rule.matches[0].kind
        return "" if self._did(one) else address(self.programme, self.asked, "try_add", kind=kind)

    def _title(self, key: str) -> str:
        step = self.steps.get(key)
        if step is not None:
            return step.title.said(self.language)
        measure = next(one for one in self.programme.measures if one.key == key)
        planned = self.library.planned.instruments.get(measure.instrument)
        return planned.said(self.language) if planned else measure.instrument

    def states(self) -> dict[str, tuple[str, str]]:
        """The mark of each step in the picture, with its day."""
        found: dict[str, tuple[str, str]] = {}
        for key, rows in self.by_step.items():
            first = min(rows, key=lambda one: (_ORDER.index(one.state), self._at(one)))
            at = first.done_on if first.done_on else first.due
            shown = "" if first.state is State.NOT_RELEVANT or at is None else self._day(at)
            found[key] = (KINDS[first.state], shown)
        return found

    def verdict(self) -> tuple[str, str]:
        result = self.found.eligibility.result
        said = {
            Answer.YES: _("In the target group"),
            Answer.NO: _("Not in the target group"),
            Answer.UNKNOWN: _("Answers are missing before it can be said"),
        }
        return ANSWERS[result][0], said[result]

    def questions(self) -> Iterator[Question]:
        decides = _("decides")
        roles = {"include": decides, "exclude": decides, "fit": _("speaks for it"), "warn": _("a warning")}
        for one in self.found.eligibility.why:
            kind, word = ANSWERS[one.answer]
            if one.kind == "warn" and one.answer is Answer.YES:
                kind = "soon"
            then = THEN.get(one.then or "", "") if one.answer is Answer.YES else ""
            yield Question(
                kind, str(word), one.ask.said(self.language), self._named(one.why.said(self.language)),
                roles[one.kind], one.mark.kind, str(then),
            )  # fmt: skip

    def _named(self, text: str) -> str:
        for key, name in self.names.items():
            if text.startswith(f"{key} "):
                return name + text.removeprefix(key)
        return text

    def warnings(self) -> Iterator[str]:
        for one in self.found.eligibility.why:
            if one.kind == "warn" and one.answer is Answer.YES:
                then = THEN.get(one.then or "", "")
                yield f"{one.ask.said(self.language)} {_('Yes')}. {then}".strip()
        for line in self.found.occurrences:
            step = self.steps.get(line.step)
            if line.state is State.LATE and step is not None and step.clock:
                row = self.library.provisions[step.clock].as_of(self.programme.law_on)
                breach = row.breach.said(self.language) if isinstance(row, Clock) else ""
                yield f"{step.title.said(self.language)} ({row.section}): {breach}"

    def elements(self) -> Iterator[Element]:
        texts = {one.key: one.text.said(self.language) for one in self.programme.fidelity}
        for number, core in enumerate(self.programme.core_elements, 1):
            rows = [
                (*_followed(score), texts[score.key])
                for score in self.found.fidelity.criteria
                if score.element == core.key and score.level == "course"
            ]
            if rows:
                yield Element(f"{number} {core.title.said(self.language)}", rows)

    def held(self) -> list[tuple[str, str]]:
        found: dict[str, list[str]] = {}
        for kind, one in self.found.held:
            name = self.names.get(one.person, one.person)
            text = f"{one.condition.text.said(self.language)} ({name})"
            said = _kind(kind, self.language)
            kinds = found.setdefault(text, [])
            if said not in kinds:
                kinds.append(said)
        return [(", ".join(kinds), text) for text, kinds in found.items()]

    def fact(self, one: Told) -> FactLine:
        change = {"drop": str(one.number)} if one.is_added else {"out": str(one.number)}
        act = _("Remove") if one.is_added else _("Take back in") if one.is_out else _("Leave out")
        return FactLine(
            day=self._day(one.fact.instant or one.fact.day),
            text=_kind(one.fact.kind, self.language),
            said=", ".join(self._said(one.fact)),
            url=address(self.programme, self.asked, **change),
            act=act,
            is_added=one.is_added,
            is_out=one.is_out,
        )

    def _said(self, one: engine.Fact) -> Iterator[str]:
        for name, value in one.attributes.items():
            attribute = vocabulary.KINDS[one.kind].attributes[name]
            if attribute.names_people:
                keys = [value] if isinstance(value, str) else value if isinstance(value, list) else []
                yield ", ".join(self.names.get(str(key), str(key)) for key in keys)
            elif attribute.type is vocabulary.Type.FLAG:
                answer = _("Yes") if value else _("No")
                yield f"{words.attribute(name)} {answer}"
            elif attribute.type is vocabulary.Type.THING:
                yield _("number %(n)s") % {"n": value}
            elif attribute.type is vocabulary.Type.ROLE:
                yield self.roles.get(str(value), str(value))
            elif name == "informant":
                yield str(INFORMANTS.get(str(value), value))
            elif name == "instrument":
                planned = self.library.planned.instruments.get(str(value))
                yield planned.said(self.language) if planned else str(value)
            elif attribute.type is vocabulary.Type.TEXT:
                yield self._code(name, str(value))
            else:
                yield f"{words.attribute(name)} {value}"

    def _code(self, name: str, value: str) -> str:
        if name == "track":
            for tracks in self.programme.all_tracks:
                if value in tracks.options:
                    return tracks.options[value].title.said(self.language)
        if name == "tool":
            tool = next((one for one in self.programme.tools if one.key == value), None)
            return tool.title.said(self.language) if tool else value
        return str(words.code(value))

    def _day(self, day: date | datetime) -> str:
        return reasons.spelled_day(day).said(self.language)

    def _at(self, one: Occurrence) -> date:
        if one.due is None:
            return date.max
        return day_of(one.due) if isinstance(one.due, datetime) else one.due


def _telling(rows: Sequence[Occurrence]) -> list[Occurrence]:
    """What of a step is worth a line: all that waits or went wrong, the last done, the next to come."""
    if len(rows) <= MOST_LINES:
        return list(rows)
    loud = [one for one in rows if one.state in (*WAITS, State.MISSED, State.DONE_LATE, State.EXCUSED)]
    done = [one for one in rows if one.state is State.DONE][-1:]
    ahead = [one for one in rows if one.state is State.NOT_DUE][:1]
    chosen = {id(one) for one in (*loud[-MOST_LINES:], *done, *ahead)} or {id(rows[0])}
    return [one for one in rows if id(one) in chosen]


def _followed(score: engine.CriterionScore) -> tuple[str, str]:
    match score.points:
        case 2:
            return "done", _("Followed")
        case 1:
            return "limited", _("Partly followed")
        case 0:
            return "missed", _("Not followed")
    if score.source != "auto":
        return "not-asked", _("Is answered by people")
    return "not-yet", _("Cannot be said yet")


def _kind(kind: str, language: str) -> str:
    found = vocabulary.KINDS[kind]
    return found.en if language.startswith("en") else found.da

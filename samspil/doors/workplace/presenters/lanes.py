"""The worklist as three lanes: each row says how urgent, whose, what and why, and offers one act."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.collaboration.courses import acts
from samspil.collaboration.courses.presenters import names_of
from samspil.collaboration.courses.queries import MyCourse, QuietCourse, Worklist, WorkRow
from samspil.doors.workplace.presenters.asked import Question
from samspil.doors.workplace.presenters.model import coming_instrument, first_name
from samspil.doors.workplace.presenters.standing import Standing, quiet, short, standing, waiting

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a lane. `tone` is that of its button: one in the view is filled."""

    state: Standing
    about: str
    url: str
    context: str
    what: str
    why: str
    act: str
    act_url: str
    tone: str = "second"


@dataclass(frozen=True, slots=True)
class Lanes:
    """What is shown of a worklist; `hidden` rows come with »show more«."""

    mine: list[Row]
    others: list[Row]
    quiet: list[Row]
    counts: tuple[int, int, int]
    hidden: int


def lanes(work: Worklist, today: date, *, most: int, language: str, asked: Sequence[Question] = ()) -> Lanes:
    """The first `most` rows, most urgent first: mine, then what waits for others, then where it is quiet.

    On top of mine stands what somebody asks the reader personally.
    """
    shaper = _Shaper(work, today, language)
    all_mine, all_others = _together(work.mine), _together(work.others)
    waiting_for_yes, asked = len(asked), asked[:most]
    mine = all_mine[: most - len(asked)]
    others = all_others[: most - len(asked) - len(mine)]
    still = work.quiet[: most - len(asked) - len(mine) - len(others)]
    counts = (waiting_for_yes + len(all_mine), len(all_others), len(work.quiet))
    return Lanes(
        mine=[
            *(shaper.asked(one, is_first=number == 0) for number, one in enumerate(asked)),
            *(shaper.mine(rows, is_first=number == 0 and not asked) for number, rows in enumerate(mine)),
        ],
        others=[shaper.others(rows) for rows in others],
        quiet=[shaper.quiet(row) for row in still],
        counts=counts,
        hidden=sum(counts) - len(asked) - len(mine) - len(others) - len(still),
    )


def _together(rows: Iterable[WorkRow]) -> list[list[WorkRow]]:
    """The same step of a course due on the same day for several people is one row.

    What asks for an instrument that does not exist yet waits for nobody: the course's page says »coming«.
    """
    groups: dict[tuple[object, ...], list[WorkRow]] = {}
    for row in rows:
        one = row.occurrence
        if coming_instrument(one.rule):
            continue
        key = (row.space, one.step, 0 if one.person else one.n, one.due, one.closes, one.state)
        groups.setdefault(key, []).append(row)
    return list(groups.values())


class _Shaper:
    """Shapes rows; what is the same for all rows of a course is made once."""

    def __init__(self, work: Worklist, today: date, language: str) -> None:
        self.today, self.language = today, language
        self.names = {space: names_of(names) for space, names in work.families.items()}
        self.models = {space: title.said(language) for space, title in work.models.items()}
        self.urls = {space: reverse("workplace:course", args=[space]) for space in work.models}

    def asked(self, one: Question, *, is_first: bool) -> Row:
        return self._row(
            one.space,
            one.standing(self.today),
            one.asked.title,
            one.asked.text,
            (one.asked.act, one.asked.url),
            tone="main" if is_first else "second",
        )

    def mine(self, rows: Sequence[WorkRow], *, is_first: bool) -> Row:
        row = rows[0]
        offer = acts.offer(row.occurrence, row.space)
        return self._row(
            row.space,
            standing(row.occurrence, self.today),
            self._what(rows),
            row.why.said(self.language),
            (offer.text, offer.url) if offer else None,
            tone="main" if is_first else "second",
        )

    def others(self, rows: Sequence[WorkRow]) -> Row:
        row = rows[0]
        return self._row(
            row.space,
            waiting(row.occurrence, self.today),
            self._what(rows),
            f"{self._who(row)} {row.why.said(self.language)}",
        )

    def quiet(self, row: QuietCourse) -> Row:
        return self._row(
            row.space,
            quiet(row.last_on, self.today),
            _("Nothing was noted and nothing is due"),
            _("The last was noted on %(day)s. Does the family need something?")
            % {"day": short(row.last_on, self.today)},
        )

    def _row(
        self,
        space: UUID,
        state: Standing,
        what: str,
        why: str,
        act: tuple[str, str] | None = None,
        *,
        tone: str = "second",
    ) -> Row:
        text, url = act or (_("Open the course"), self.urls[space])
        about = self.names.get(space) or _("A family")
        return Row(state, about, self.urls[space], self.models[space], what, why, text, url, tone)

    def _what(self, rows: Sequence[WorkRow]) -> str:
        title = rows[0].title.said(self.language)
        people = [first_name(row.person) for row in rows if row.person]
        return f"{title}: {', '.join(people)}" if people else title

    def _who(self, row: WorkRow) -> str:
        title = row.role.said(self.language)
        if row.by:
            return _("%(names)s has it (%(role)s).") % {"names": ", ".join(row.by), "role": title}
        return _("Nobody has taken it yet: %(role)s.") % {"role": title}


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One course in the list of all."""

    name: str
    people: str
    url: str
    model: str
    phase: str
    next_on: str
    opened: str
    coordinator: str


def course_lines(courses: Iterable[MyCourse], today: date, *, language: str) -> list[CourseLine]:
    """All my courses, by name."""
    lines = [_line(one, today, language) for one in courses]
    return sorted(lines, key=lambda line: (line.name, line.people))


def _line(one: MyCourse, today: date, language: str) -> CourseLine:
    return CourseLine(
        name=names_of(one.names),
        people=", ".join(first_name(name) for name in one.names if name.strip()),
        url=reverse("workplace:course", args=[one.space]),
        model=one.model.said(language),
        phase=one.phase.said(language) if one.phase else "",
        next_on=short(one.next_on, today) if one.next_on else "",
        opened=short(one.course.opened_on),
        coordinator=one.coordinator,
    )

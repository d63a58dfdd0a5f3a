"""The worklist as three lanes: each row says how urgent, whose, what and why, and offers one act."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.collaboration.courses import acts
from samspil.collaboration.courses.presenters import names_of
from samspil.collaboration.courses.queries import MyCourse, QuietCourse, Waiting, Worklist, WorkRow
from samspil.collaboration.programmes import queries as programmes
from samspil.collaboration.programmes.queries import coming_instrument
from samspil.doors.workplace.presenters.asked import Question
from samspil.doors.workplace.presenters.because import because
from samspil.doors.workplace.presenters.calling import call
from samspil.doors.workplace.presenters.model import first_name, spoken
from samspil.doors.workplace.presenters.standing import Standing, ended, quiet, short, standing, waiting
from samspil.foundation.web.navigation import addresses

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
    phone: str = ""
    """The number behind the button, for whoever rings from another phone."""


@dataclass(frozen=True, slots=True)
class Lanes:
    """What is shown of a worklist; `hidden` rows come with »show more«."""

    mine: list[Row]
    others: list[Row]
    quiet: list[Row]
    counts: tuple[int, int, int]
    hidden: int


def lanes(
    work: Worklist,
    today: date,
    *,
    most: int,
    language: str,
    asked: Sequence[Question] = (),
    referrals: Sequence[Waiting] = (),
) -> Lanes:
    """The first `most` rows, most urgent first: mine, then what waits for others, then where it is quiet.

    On top of mine stand families that wait for an answer, and what somebody asks the reader personally.
    """
    shaper = _Shaper(work, today, language)
    all_mine, all_others = (_together(rows) for rows in (work.mine, work.others))
    first = [*(shaper.referral(one) for one in referrals), *(shaper.asked(one) for one in asked)][:most]
    mine = all_mine[: most - len(first)]
    others = all_others[: most - len(first) - len(mine)]
    still = work.quiet[: most - len(first) - len(mine) - len(others)]
    counts = (len(referrals) + len(asked) + len(all_mine), len(all_others), len(work.quiet))
    return Lanes(
        mine=_with_one_filled([*first, *(shaper.mine(rows) for rows in mine)]),
        others=[shaper.others(rows) for rows in others],
        quiet=[shaper.quiet(row) for row in still],
        counts=counts,
        hidden=sum(counts) - len(first) - len(mine) - len(others) - len(still),
    )


def _with_one_filled(rows: Sequence[Row]) -> list[Row]:
    """The first row has the filled button of the page."""
    return [replace(row, tone="main") if number == 0 else row for number, row in enumerate(rows)]


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
        self.page = cache(addresses)
        self.url = self.page("workplace:course")
        self.programmes = work.programmes
        models = {id(one): one for one in work.programmes.values()}
        self.laws = {key: spoken(one, language).statutory for key, one in models.items()}

    def referral(self, one: Waiting) -> Row:
        """A family that somebody refers, or that the receiver asks more about."""
        url = reverse("courses:referral", args=[one.space])
        days = (self.today - one.since).days
        text = ngettext("Waited %(days)d day", "Waited %(days)d days", days) % {"days": days}
        state = Standing(
            "soon",
            text if days else _("Came today"),
            _("since %(day)s") % {"day": short(one.since, self.today)},
        )
        name = _("%(name)s and the family") % {"name": one.name} if one.name else _("A family")
        context = programmes.definition(one.version).title.said(self.language)
        words = {"unit": one.other}
        if one.is_received:
            what = _("Referral from %(unit)s") % words
            why = _("Your unit answers: yes, tell us more, or no with the reason.")
            return Row(state, name, url, context, what, why, _("Answer"), url)
        what, why = _("%(unit)s asks for more") % words, _("They can answer when you have added it.")
        return Row(state, name, url, context, what, why, _("Write it down too"), url)

    def asked(self, one: Question) -> Row:
        return self._row(
            one.space,
            one.standing(self.today),
            one.asked.title,
            one.asked.text,
            (one.asked.act, one.asked.url),
        )

    def mine(self, rows: Sequence[WorkRow]) -> Row:
        row = rows[0]
        offer = acts.offer(row.occurrence, row.space, page=self.page)
        return self._row(
            row.space,
            standing(row.occurrence, self.today),
            self._what(rows),
            self._why(row),
            (offer.text, offer.url) if offer else None,
        )

    def others(self, rows: Sequence[WorkRow]) -> Row:
        row = rows[0]
        way = call(row.space, next(iter(row.by), ""), row.phone)
        return self._row(
            row.space,
            waiting(row.occurrence, self.today),
            self._what(rows),
            f"{self._who(row)} {self._why(row)}",
            (way.text, way.url),
            phone=way.phone,
        )

    def quiet(self, row: QuietCourse) -> Row:
        return self._row(
            row.space,
            quiet(row.last_on, self.today),
            _("Nothing was noted and nothing is due"),
            ended(_("The last was noted on %(day)s") % {"day": short(row.last_on, self.today)})
            + " "
            + _("Does the family need something?"),
        )

    def _row(
        self,
        space: UUID,
        state: Standing,
        what: str,
        why: str,
        act: tuple[str, str] | None = None,
        *,
        phone: str = "",
    ) -> Row:
        page = self.url(space)
        text, url = act or (_("Open the course"), page)
        about = self.names.get(space) or _("A family")
        return Row(state, about, page, self.models[space], what, why, text, url, phone=phone)

    def _why(self, row: WorkRow) -> str:
        """Whose rule it is and what it counts from; the day stands beside it already."""
        programme = self.programmes[row.space]
        return because(
            row.occurrence,
            programme,
            self.today,
            by_law=row.occurrence.step in self.laws[id(programme)],
            language=self.language,
        )

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
        url=addresses("workplace:course")(one.space),
        model=one.model.said(language),
        phase=one.phase.said(language) if one.phase else "",
        next_on=short(one.next_on, today) if one.next_on else "",
        opened=short(one.course.opened_on),
        coordinator=one.coordinator,
    )

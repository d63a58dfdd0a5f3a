"""What professionals do again and again, in any model: each by the page that the course offers for it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from playwright.sync_api import Browser

from samspil.doors.demo.colleagues import Colleague
from tests.journeys.walking import NO_ACCESS, Walker, log_in
from tests.journeys.winther import danish
from tests.moving import Calendar
from tests.server import Server

Answers = Mapping[str, str | re.Pattern[str]]
LADDER = ("Slet ikke", "Nogle gange", "For det meste", "Altid", "Uden at tænke")
EVERYDAY = ("Navn og familie", "Hverdag", "Sociale forhold")


@dataclass(slots=True)
class House:
    """A site with a calendar, and who works there today. Whoever is asked for logs in first."""

    browser: Browser
    site: Server
    calendar: Calendar
    looks: frozenset[str] = frozenset()
    """The log-ins of those whose pages are looked at with axe."""
    wrong: list[str] = field(default_factory=list)
    _at_work: dict[str, Walker] = field(default_factory=dict)
    _looked: dict[str, set[str]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.calendar.today

    def turn_to(self, day: date) -> None:
        """Time passes; everybody goes home and logs in again when next asked for."""
        self.close()
        self.calendar.turn_to(day)

    def who(self, colleague: Colleague) -> Walker:
        """A colleague at work."""
        if colleague.login not in self._at_work:
            walker = Walker.enter(self.browser, self.site, colleague, looks=colleague.login in self.looks)
            walker.today = self.today
            walker.looked |= self._looked.setdefault(colleague.login, set())
            self._at_work[colleague.login] = walker
        return self._at_work[colleague.login]

    def close(self) -> None:
        """Everybody goes home; what was wrong is kept."""
        for login, walker in self._at_work.items():
            self._looked[login] |= walker.looked
            self.wrong += walker.leave()
        self._at_work.clear()


# --- one's own families --------------------------------------------------------------------------------


def write_person(who: Walker, name: str, born: date) -> str:
    """Write somebody down; returns the address of the record."""
    who.go("/people/new/")
    who.fill("Fulde navn", name)
    who.fill("Fødselsdato", danish(born))
    return who.press("Gem")


def write_family(who: Walker, child: str, born: date, parents: Mapping[str, date]) -> str:
    """A child and its parents, who have custody; returns the child's address."""
    address = write_person(who, child, born)
    for parent, day in parents.items():
        write_person(who, parent, day)
        tie(who, address, f"{child} er barn", parent)
        tie(who, address, f"{child} er det barn, den anden har forældremyndighed over", parent)
    return address


def find_person(who: Walker, name: str) -> str:
    """The own unit's record of somebody, found by name; returns its address."""
    who.go(f"/people/?q={name.rsplit(maxsplit=1)[-1]}")
    return who.follow(re.compile(name))


def tie_parents(who: Walker, child: str, parents: Iterable[str]) -> str:
    """Say in the own unit's records who has custody of a child; returns the child's address."""
    address = find_person(who, child)
    for parent in parents:
        tie(who, address, f"{child} er barn", parent)
        tie(who, address, f"{child} er det barn, den anden har forældremyndighed over", parent)
    return address


def tie(who: Walker, address: str, words: str, other: str) -> None:
    """Say how somebody belongs to another."""
    who.go(f"{address}ties/new/?q={other.rsplit(maxsplit=1)[-1]}")
    who.choose("Tilknytning", words)
    who.choose("Hvem", other)
    who.choose("Hvem siger det", "Familien siger det")
    who.press("Gem")


@dataclass(frozen=True, slots=True)
class Referral:
    """What is asked for, under which model, and what the family wishes."""

    model: str
    receiver: str
    find: str
    wish: str
    said_by: str
    answers: Mapping[str, str]


def refer(who: Walker, child: str, wanted: Referral) -> str:
    """Every task of a referral but the consents; returns its address."""
    who.go(child)
    who.follow("Henvis familien")
    who.fill(re.compile("^Find modtageren"), wanted.find)
    who.press("Find")
    who.choose("Hvem modtager", wanted.receiver)
    who.choose("Hvilken model", wanted.model)
    who.press("Begynd henvisningen")
    who.follow("Hvem er familien")
    who.press("Gem og gå videre")
    who.fill("Hvad ønsker familien selv?", wanted.wish)
    who.fill("Hvem sagde det?", wanted.said_by)
    who.fill("Hvad vil I gerne have hjælp til?", "At holde fast, til der er nogen, der tager over.")
    who.press("Gem og gå videre")
    for question, answer in wanted.answers.items():
        who.choose(question, answer)
    who.press("Gem svarene")
    who.follow("Hvem kan modtageren ringe til")
    who.fill("Telefon", "12 34 56 70")
    who.press("Gem og gå videre")
    return re.sub(r"(/referrals/[0-9a-f-]{36}/).*", r"\1", who.path)


def consent(
    who: Walker, page: str, receiver: str, topics: Iterable[str], by: Iterable[str], answer: str = "Ja"
) -> None:
    """One person's answer on paper, written down on the page that asks about that person."""
    who.go(page)
    who.choose("Hvordan blev det besluttet", "Samtykke på papir")
    who.page.get_by_label("Hvem modtager?").select_option(label=receiver)
    who.choose("Hvilke emner", *topics)
    who.choose("Hvad var svaret", answer)
    who.choose("Hvem har svaret", *by)
    who.press("Skriv det ind")
    assert "Det er skrevet ind" in who.text


def pick(who: Walker, label: str, option: str | re.Pattern[str]) -> None:
    """Choose the first option of a list that has these words."""
    field = who.page.locator("main").get_by_label(re.compile(f"^{label}"))
    field.select_option(field.locator("option", has_text=option).first.get_attribute("value"))


# --- the team ------------------------------------------------------------------------------------------


def let_in(who: Walker, course: str, colleague: Colleague, role: str, topics: Sequence[str] = ()) -> None:
    """Name a colleague for a role of the model."""
    who.go(f"{course}team/new/?colleague={colleague.name.split()[0]}")
    who.choose("Hvem", re.compile(f"^{colleague.name}"))
    pick(who, "Som hvad", re.compile(rf"^{role}( \(nu .*\))?$"))
    who.choose("Hvad må kollegaen læse", *topics)
    who.press("Tag kollegaen med")
    assert colleague.name in who.text


def say_yes(who: Walker, course: str) -> None:
    """Say yes to the own role."""
    who.go(f"{course}accept/")
    who.press("Sig ja")


# --- steps ---------------------------------------------------------------------------------------------


def open_step(who: Walker, course: str, step: str, person: str = "") -> str:
    """Open the page by which a step is done, from what can be done now or comes soon."""
    for page in (f"{course}steps/?show=now", course):
        who.go(page)
        links = f"main a[href*='step={step}&']:not([href*='/excuse/'])"
        acts = who.page.locator(links).filter(has_text=person)
        if acts.count():
            acts.first.click()
            return who.here()
    raise AssertionError(f"{step} is not offered on {who.path}:\n{who.text}")


def note(who: Walker, course: str, step: str, answers: Answers | None = None, *, person: str = "") -> None:
    """Show a step done by the general form; the page knows the kind, and mostly the person."""
    open_step(who, course, step, person)
    answer(who, answers or {})


def note_kind(who: Walker, course: str, kind: str, answers: Answers, reason: str = "") -> None:
    """Note something that no step asks for right now."""
    who.go(f"{course}facts/new/?kind={kind}")
    answer(who, answers, reason=reason)


def answer(who: Walker, answers: Answers, reason: str = "") -> None:
    """Answer the general form and send it."""
    for question, said in answers.items():
        who.choose(question, said)
    if reason:
        who.fill("Hvorfor?", reason)
    who.press("Notér det")
    assert "Det er noteret" in who.text, who.text


def contact(who: Walker, course: str, step: str) -> None:
    """A contact of the kind that the step asks for."""
    open_step(who, course, step)
    who.press("Notér kontakten")


@dataclass(frozen=True, slots=True)
class Gathering:
    """A meeting: why, and who is asked beside the family."""

    purpose: str
    staff: tuple[Colleague, ...] = ()
    network: str = ""
    minutes: str = ""
    decision: str = ""


def meet(who: Walker, course: str, step: str, what: Gathering, person: str = "") -> str:
    """Plan a meeting that a step asks for, hold it today and write its minutes; returns its address."""
    open_step(who, course, step, person)
    who.fill("Hvorfor mødes I?", what.purpose)
    who.fill("Hvilken dag?", danish(who.today))
    who.fill("Hvad tid?", "0.05")
    for colleague in what.staff:
        who.choose("Hvilke fagfolk", re.compile(f"^{colleague.name}"))
    if what.network:
        who.fill(re.compile("^Andre, som familien"), what.network)
    meeting = who.press("Planlæg mødet")
    if what.decision:
        who.go(f"{meeting}begin/")
        who.press("Begynd mødet")
        who.fill("En ny beslutning", what.decision)
        who.press("Tilføj beslutning")
    who.go(f"{meeting}close/")
    who.press("Skriv det ind")
    if what.minutes:
        who.follow("Skriv referatet")
        who.fill("Hvad talte I om?", what.minutes)
        who.press("Del referatet")
    return meeting


def hear(who: Walker, course: str, step: str, words: str, person: str = "") -> None:
    """Write what a child or young person says, which the others may see."""
    open_step(who, course, step, person)
    who.choose("Hvordan", "I en samtale")
    who.fill(re.compile("^Hvad sagde"), words)
    who.choose("Hvis ord er det", "Barnets egne ord")
    who.page.locator("main input[name=category][value='4']").check()
    who.choose("Må de andre se det", re.compile("^Ja"))
    who.press("Skriv det ind")
    assert "De andre ser det" in who.text


# --- the plan ------------------------------------------------------------------------------------------


def write_goal(who: Walker, course: str, whose: str, words: str) -> None:
    """A goal in somebody's own words; the guide or coordinator follows up."""
    who.go(f"{course}plan/goals/new/")
    who.choose("Hvis mål er det", re.compile(f"^{whose}"))
    who.fill("Hvad vil I gerne nå?", words)
    pick(who, "Hvem sagde det", whose)
    who.fill(re.compile("^Hvornår blev det sagt"), danish(who.today))
    who.page.get_by_label("Det står præcis, som det blev sagt").check()
    for number, text in enumerate(LADDER):
        who.page.locator(f"[name=step_{number}]").fill(text)
    who.page.get_by_label(re.compile("^På hvilket trin")).select_option(index=1)
    who.page.get_by_label(re.compile("^Hvem går forrest")).select_option(label="Kommunen")
    who.page.get_by_label(re.compile("^Hvem følger op")).select_option(index=1)
    who.fill(re.compile("^Hvornår senest"), danish(who.today + timedelta(days=90)))
    who.press("Gem målet")
    assert words in who.text


def agree(who: Walker, course: str, reason: str = "") -> None:
    """Everybody says yes to the plan; a changed one has its reason."""
    who.go(f"{course}plan/agree/")
    if reason:
        who.fill(re.compile("^Hvorfor bliver planen"), reason)
    for yes in who.page.locator("main input[type=radio][value=agreed]").all():
        yes.check()
    who.press("Planen gælder")
    assert "Planen er aftalt" in who.text


def make_agreement(who: Walker, course: str, what: str, doer: str, about: str | re.Pattern[str]) -> None:
    """Who does what, and by when."""
    who.go(f"{course}plan/agreements/new/")
    who.fill("Hvad har I aftalt?", what)
    who.page.get_by_label("Hvem gør det?").select_option(label=doer)
    who.fill("Hvornår senest?", danish(who.today))
    who.choose("Hvem handler det om", about)
    who.press("Gem")
    assert what in who.text


# --- what stands there ---------------------------------------------------------------------------------


def states(who: Walker, course: str) -> dict[str, list[str]]:
    """The full list of steps: by title, the state of each occurrence in a word or two."""
    who.go(f"{course}steps/")
    cells = "[one.querySelector('th').firstChild.textContent, one.querySelector('td').innerText]"
    rows = who.page.locator("main tbody tr").evaluate_all(f"all => all.map(one => {cells})")
    found: dict[str, list[str]] = {}
    for title, state in rows:
        found.setdefault(title.strip(), []).append(" ".join(state.split()))
    return found


def close(who: Walker, course: str) -> str:
    """Everything up to the last button: what remains, the consents, a copy for each; returns the page."""
    who.go(f"{course}close/")
    who.follow(re.compile("^1. Hvad er der tilbage"))
    for box in who.page.locator("main textarea").all():
        box.fill("Ring til kommunen, hvis det bliver svært.")
    who.press("Skriv det ind")
    who.follow(re.compile("^2. Gennemgå samtykkerne"))
    for keep in who.page.locator("main input[type=radio][value=keep]").all():
        keep.check()
    who.press("Alt er set igennem")
    who.follow(re.compile("^3. Familiens kopi"))
    for link in who.page.get_by_role("link", name=re.compile("^Lav den")).evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    ):
        who.go(link)
        who.press("Lav kopien")
        address = who.page.get_by_role("link", name="Hent kopien").get_attribute("href")
        assert address is not None
        assert who.page.request.get(who.site.url(address)).body().startswith(b"%PDF")
        who.follow("Givet eller ikke givet")
        who.page.get_by_label("Ja", exact=True).check()
        who.press("Skriv det ind")
    return who.go(f"{course}close/")


def done(who: Walker, course: str, *titles: str) -> None:
    """Assert that each of these steps was done, and every time that it came in time."""
    found = states(who, course)
    for title in titles:
        known = [state for step, one in found.items() if step.partition(":")[0] == title for state in one]
        assert any(state.startswith("Gjort") for state in known), (title, known, sorted(found))
        assert not [one for one in known if "for sent" in one or one.startswith("Ikke sket")], (title, known)


def nothing_waits(who: Walker, course: str) -> None:
    """After the end nothing more is to be done, in the course and on the worklist."""
    who.go(f"{course}steps/?show=now")
    assert who.page.locator("main tbody tr").count() == 0, who.text
    who.go("/")
    assert who.page.locator(f"section[aria-labelledby=mine] a[href^='{course}']").count() == 0


def refused(house: House, colleague: Colleague, course: str, name: str) -> None:
    """Somebody else learns nothing of a course, not even that there is one."""
    page = house.browser.new_page(locale="da-DK")
    log_in(page, house.site, colleague)
    for path in ("", "plan/", "steps/", "team/", "timeline/", "documents/", "meetings/", "close/"):
        answer_to = page.request.get(house.site.url(f"{course}{path}"))
        assert answer_to.status == 404, path
        assert NO_ACCESS in answer_to.text(), path
        assert name not in answer_to.text(), path
    page.context.close()

"""What professionals write about the help itself: goals, efforts, sessions, and how a model is followed."""

import re
from datetime import date, timedelta

from samspil.doors.demo.colleagues import Colleague
from tests.journeys import doing
from tests.journeys.walking import Walker
from tests.journeys.winther import danish


def write_goal(who: Walker, course: str, whose: str, words: str, helps: str = "") -> None:
    """A goal in the words of somebody in the family, and how one helps where the model asks."""
    who.go(f"{course}plan/goals/new/")
    who.choose("Hvis mål er det", re.compile(f"^{whose}"))
    who.fill("Hvad vil I gerne nå?", words)
    said_by = who.page.locator("main select[name=said_by]")
    said_by.select_option(said_by.locator("option", has_text=whose).get_attribute("value"))
    who.fill(re.compile("^Hvornår blev det sagt"), danish(who.today))
    who.page.get_by_label("Det står præcis, som det blev sagt").check()
    for number, text in enumerate(doing.LADDER):
        who.page.locator(f"[name=step_{number}]").fill(text)
    who.page.get_by_label(re.compile("^På hvilket trin")).select_option(index=1)
    who.page.get_by_label(re.compile("^Hvem går forrest")).select_option(label="Kommunen")
    who.page.get_by_label(re.compile("^Hvem følger op")).select_option(index=1)
    who.fill(re.compile("^Hvornår senest"), danish(who.today + timedelta(days=60)))
    if helps:
        who.page.get_by_label("Hvordan hjælper det?").select_option(label=helps)
    who.press("Gem målet")
    assert f"»{words}«" in who.text


def agree_again(who: Walker, course: str, reason: str) -> None:
    """Everybody says yes to the plan as it is now."""
    who.go(f"{course}plan/agree/")
    who.fill("Hvorfor bliver planen ændret?", reason)
    for yes in who.page.locator("main input[type=radio][value=agreed]").all():
        yes.check()
    who.press("Planen gælder")
    assert "Planen er aftalt" in who.text


def decide_effort(
    who: Walker, course: str, kind: str, what: str, *, about: tuple[str, ...], with_plan: bool = False
) -> str:
    """Write an effort down as decided; returns its address."""
    who.go(f"{course}plan/efforts/new/")
    who.choose("Hvem er den til", *(re.compile(f"^{name}") for name in about))
    who.page.get_by_label("Hvilken slags hjælp er det?").select_option(label=kind)
    who.fill("Hvad kalder I det sammen med familien?", what)
    who.choose("Hvem giver den", "Kommunen")
    who.fill("Hvilket sted eller team?", "Familiehuset")
    who.page.get_by_label("Hvad skal den hjælpe med?", exact=True).fill("I får hjælp til hverdagen.")
    who.fill("Hvad skal den hjælpe med, fortalt til et barn?", "En voksen kommer hjem til jer.")
    who.choose("Hvor langt er den", "Besluttet")
    if with_plan:
        who.page.get_by_label(re.compile("^Det er også besluttet")).check()
    return who.press("Gem indsatsen")


def begin_effort(who: Walker, effort: str, until: date) -> None:
    """The effort has begun, and is planned until a day."""
    who.go(effort)
    who.follow("Den er begyndt")
    who.fill(re.compile("^Planlagt til"), danish(until))
    who.press("Gem")
    assert "Begyndt" in who.text


def follow_effort_up(who: Walker, effort: str, words: str) -> None:
    """The effort is followed up, and from now on every third month."""
    who.go(effort)
    who.follow("Vi har fulgt op")
    who.choose("Hvor tit følger I op", "Hver tredje måned")
    who.fill("Hvorfor? Familien kan læse det", words)
    who.press("Gem")


def session(
    who: Walker,
    course: str,
    step: str,
    by: Colleague,
    on: date,
    *,
    in_the_evening: bool = True,
    nothing_moves: bool = False,
) -> None:
    """A session of the kind that a step asks for: by whom, when in the day, what the family says of it."""
    who.go(f"{course}session/?step={step}")
    who.fill("Hvornår var det?", danish(on))
    who.choose("Hvem af de professionelle havde den", re.compile(f"^{by.name}"))
    who.fill("Hvor mange minutter?", "90")
    who.choose("Var det uden for", "Ja" if in_the_evening else "Nej")
    who.choose("Sagde familien", "Ja")
    if nothing_moves:
        who.page.get_by_label("Familien siger, at der ikke sker noget").check()
    who.press("Notér sessionen")
    assert "Det er noteret" in who.text


def send_note(who: Walker, course: str, step: str, to: str, words: str) -> str:
    """A note that passes something on; returns its address."""
    who.go(f"{course}documents/sent/new/?step={step}")
    who.choose("Hvad handler notatet om", "Noget slutter eller bliver givet videre")
    who.choose("Hvem får det", to)
    who.page.locator("main input[name=category][value='4']").check()
    who.page.get_by_label("Notatet", exact=True).fill(words)
    who.page.get_by_label("Familien har set notatet").check()
    who.fill(re.compile("^Hvornår så"), danish(who.today))
    return who.press("Send notatet")


def consent_for(
    who: Walker, course: str, name: str, receiver: str, topics: tuple[str, ...], by: tuple[str, ...]
) -> None:
    """One person's answer about one more unit, found by its name."""
    who.go(f"{course}consent/")
    asked = who.page.locator("main").get_by_role("link", name=name).last.get_attribute("href")
    doing.consent(who, f"{asked}?find={receiver.split(maxsplit=1)[0]}", receiver, topics, by)


def press_the_last_button(who: Walker) -> None:
    """The course ends."""
    who.follow(re.compile("^4. Afslut forløbet"))
    who.page.get_by_label("Familien har det, den har brug for").check()
    who.press("Afslut forløbet")
    assert "Forløbet er afsluttet." in who.text


def kept(who: Walker, course: str, *titles: str) -> None:
    """Each of these steps was done in time, every time that it fell due."""
    found = doing.states(who, course)
    for title in titles:
        ways = [
            way for step, all_ways in found.items() if step.partition(":")[0] == title for way in all_ways
        ]
        past = [way for way in ways if not way.startswith(("Om ", "I dag", "I morgen", "Ikke endnu"))]
        assert past, (title, ways, sorted(found))
        assert all(way.startswith("Gjort ") and "for sent" not in way for way in past), (title, ways)


def lived_through(who: Walker, course: str, *missed: str) -> set[str]:
    """At the end each step was done in time, or is among the `missed`; returns the titles of all of them.

    What a scale asks for that cannot be had here yet is said to come, and is asked of nobody.
    """
    found = doing.states(who, course)
    coming = {title for title in found if "(kommer)" in title}
    assert {way for title in coming for way in found[title]} <= {"Ikke endnu"}, found
    steps: dict[str, list[str]] = {}
    for title in found.keys() - coming:
        steps.setdefault(title.partition(":")[0], []).extend(found[title])
    late = {title for title, ways in steps.items() if not all(_was_in_time(way) for way in ways)}
    assert late == {*missed}, {title: steps[title] for title in late}
    return set(steps)


def _was_in_time(way: str) -> bool:
    return way.startswith("Gjort ") and "for sent" not in way

"""The other models lived through: a family in mid-course for each, and one whose course is over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from django.db import transaction

from samspil.collaboration.programmes import loading
from samspil.doors.demo import companies
from samspil.doors.demo.companies import Company
from samspil.doors.demo.courses.told import is_told
from samspil.doors.demo.simulate import families, staging, telling
from samspil.doors.demo.simulate.asked import Asked
from samspil.doors.demo.simulate.families import Relative
from samspil.doors.demo.simulate.playing import play
from samspil.doors.demo.simulate.telling import Script
from samspil.doors.demo.stories import Person


@dataclass(frozen=True, slots=True)
class Family:
    """A family with its course: who they are in the model, who works with them, and what was written."""

    title: str
    company: Company
    people: tuple[tuple[Person, str, bool], ...]
    """Each with the role of the model, and whether the course is about them."""
    team: tuple[str, ...]
    """The roles that are filled in this course; the one that begins stands first."""
    days: int
    """How long ago it was opened."""
    script: Script

    @property
    def first(self) -> str:
        """The person by whom one sees that the course is told already."""
        return self.people[0][0].name


def make(*, today: date, say: Callable[[str], None] = lambda _line: None) -> None:
    """Tell the course of every family that has none yet: each whole or not at all."""
    for family in FAMILIES:
        if not is_told(family.first):
            say(f"  {family.title}, {family.company.key}")
            with transaction.atomic():
                tell(family, today)


def tell(family: Family, today: date) -> None:
    """From the first day to this week, through the actions."""
    programme = loading.library().programme(family.company.key, family.company.version)
    asked, opened = Asked(programme), today - timedelta(days=family.days)
    relatives = [
        Relative(person.name, person.born(today) or today, role, in_focus)
        for person, role, in_focus in family.people
    ]
    cast = {role: family.company.cast[role] for role in family.team}
    stage = staging.opened(asked, cast, relatives, opened)
    chance = Random(family.first)  # noqa: S311  no secret
    tale = telling.tell(asked, families.people(tuple(relatives)), opened, today, chance, family.script)
    for deed in tale.deeds:
        play(stage, deed)
    if stage.refused:
        raise AssertionError(f"{family.title}: {stage.refused}")


def _ladder(*steps: str) -> str:
    return " | ".join(steps)


THORUP = Family(
    "Familien Thorup",
    companies.BTI,
    (
        (Person("Villads Thorup", 8), "child", True),
        (Person("Trine Thorup", 36), "custody_holder", False),
        (Person("Morten Thorup", 38), "parent_in_treatment", False),
    ),
    ("observer", "relay_holder", "service", "adult_service", "leader"),
    98,
    Script(
        happens=(
            (41, "level.set", {"level": 2}, "Skolen kan ikke løfte det alene. PPR skal med."),
            (
                47,
                "effort.started",
                {"sector": "municipality", "type": "family-guidance", "effort": "e1", "by": "observer"},
                "",
            ),
        ),
        values={"concern.raised strength": 2, "level.set level": 1},
        why={"level.set": ("Vi prøver selv i klassen først, sammen med hjemmet.",)},
        words={
            "meeting.planned level-1": (
                {
                    "purpose": "Vi finder ud af sammen, hvordan Villads får det lettere i skolen.",
                    "network": "Farfar Aage",
                },
            ),
            "meeting.planned level-2": (
                {
                    "purpose": "PPR er med første gang. Hvad kan skole og hjem gøre det samme om?",
                    "with": "service adult_service",
                },
            ),
            "meeting.planned evaluation": (
                {
                    "purpose": "Virker det, vi aftalte? Hvad holder vi fast i?",
                    "with": "service adult_service",
                },
            ),
            "child_view.recorded": (
                {"view": "Jeg vil gerne have, at Bente henter mig ved lågen om mandagen."},
            ),
            "effort.started": (
                {
                    "what": "Børnegruppe om torsdagen",
                    "provider": "Sundhedsplejen",
                    "why": "Villads møder andre børn, der også har en forælder, som er syg.",
                    "why_child": "Her er der andre børn, der kender det. Du bestemmer selv, hvad du siger.",
                },
            ),
        },
        misses=frozenset({"measure-gas-parent"}),
    ),
)

VESTERGAARD = Family(
    "Familien Vestergård",
    companies.STYRKET,
    (
        (Person("Laura Vestergård", 7, 4), "child", True),
        (Person("Oskar Vestergård", 4, 2), "child", True),
        (Person("Camilla Vestergård", 33), "parent", False),
        (Person("Jacob Vestergård", 35), "parent", False),
    ),
    ("adviser", "family_worker_1", "family_worker_2", "treatment_team", "supervisor", "leader"),
    94,
    Script(
        values={
            "effort.decided type": "family-treatment",
            "effort.decided plan": True,
            "effort.decided sector": "municipality",
        },
        words={
            "plan.agreed": (
                {
                    "whose": "Camilla",
                    "goal": "Jeg vil have morgener, hvor ingen råber.",
                    "ladder": _ladder(
                        "Vi råber hver morgen.",
                        "Vi råber de fleste morgener.",
                        "Tre rolige morgener om ugen.",
                        "Fem rolige morgener om ugen.",
                        "Vi glæder os til morgenmaden.",
                    ),
                },
            ),
            "meeting.planned first-visit": (
                {"purpose": "Rune hilser på jer alle fire og hører, hvad I ønsker."},
            ),
            "meeting.planned alliance": ({"purpose": "Hvordan vil I have, at vi arbejder sammen?"},),
            "meeting.planned network": (
                {"purpose": "Jeres eget netværk er med. Hvem kan hjælpe hvornår?", "network": "Moster Lene"},
            ),
            "meeting.planned feedback-review": ({"purpose": "Vi ser på, hvad I har svaret, og retter til."},),
            "child_view.recorded Laura": ({"view": "Jeg vil gerne spise morgenmad, mens det er stille."},),
            "child_view.recorded Oskar": (
                {"view": "Oskar tegnede huset. Alle var i køkkenet, og solen skinnede."},
            ),
            "effort.decided": (
                {
                    "what": "Familiebehandling hjemme om morgenen",
                    "provider": "Familiebehandlingen",
                    "why": "I får hjælp til at få rolige morgener og en fast dag.",
                    "why_child": "Rune og Sanne kommer hjem til jer om morgenen og hjælper mor og far.",
                },
            ),
        },
        misses=frozenset({"measure-parental-stress-parent"}),
        excuses={"measure-sdq-teacher": "Skolen har lige svaret i en anden sag. Vi bruger det svar."},
    ),
)

SOFUS = Family(
    "Sofus Iversen",
    companies.UNGE,
    (
        (Person("Sofus Iversen", 17, 6), "youth", True),
        (Person("Birthe Iversen", 48), "parent", False),
    ),
    ("guide", "caseworker_child", "caseworker_adult", "child_psychiatry", "youth_guidance", "leader"),
    340,
    Script(
        happens=(
            (
                100,
                "track.chosen",
                {"track": "quarterly", "phase": "follow"},
                "Hverdagen kører, og Sofus ønsker det.",
            ),
        ),
        values={"status.changed status": "education", "tool.completed filled": 90},
        words={
            "goal.set": (
                {
                    "goal": "Jeg vil gøre HF færdig og have min egen nøgle.",
                    "ladder": _ladder(
                        "Jeg kommer næsten ikke i skole.",
                        "Jeg kommer, når nogen ringer.",
                        "Jeg kommer fire dage om ugen.",
                        "Jeg består mine fag.",
                        "Jeg bor selv og går på HF.",
                    ),
                },
            ),
            "agreement.made": ({"what": "Ringer selv til studievejlederen"},),
            "child_view.recorded": (
                {"view": "Jeg vil vide, hvem min rådgiver er, når jeg fylder 18. Ikke en ny hver gang."},
            ),
            "meeting.planned transition-2": (
                {
                    "purpose": "Et år til du fylder 18: uddannelse, bolig og penge. Voksenområdet er med.",
                    "with": "caseworker_child caseworker_adult youth_guidance",
                    "network": "Onkel Frede",
                },
            ),
            "meeting.planned transition-3": (
                {
                    "purpose": "Et halvt år til du fylder 18: Hvem tager over, og hvad bliver anderledes?",
                    "with": "caseworker_child caseworker_adult child_psychiatry",
                    "network": "Onkel Frede",
                },
            ),
            "meeting.planned one-to-one": ({"purpose": "Vi går en tur og taler om, hvordan det går."},),
        },
        excuses={"transition-meeting-1": "Sofus var over 16½, da han kom med. Vi tog det i første samtale."},
    ),
)

BERG = Family(
    "Familien Berg",
    companies.ENTRANCE,
    (
        (Person("Storm Berg", 5, 2), "child", True),
        (Person("Nanna Berg", 34), "parent", False),
        (Person("Kasper Berg", 36), "parent", False),
    ),
    ("family_coordinator", "core_team", "decision_maker", "leader"),
    126,
    Script(
        happens=(
            (
                66,
                "effort.decided",
                {"sector": "municipality", "type": "relief", "plan": True, "effort": "e1"},
                "",
            ),
            (80, "effort.started", {"sector": "municipality", "type": "relief", "effort": "e1"}, ""),
        ),
        words={
            "plan.agreed": (
                {
                    "whose": "Nanna",
                    "goal": "Vi vil kun fortælle Storms historie én gang.",
                    "ladder": _ladder(
                        "Vi fortæller den forfra hver gang.",
                        "Vi fortæller den forfra hos to afdelinger.",
                        "Anja fortæller den for os.",
                        "Alle har læst vores side, før vi kommer.",
                        "Vi tænker ikke over det mere.",
                    ),
                },
            ),
            "meeting.planned core-team": (
                {
                    "purpose": "Kerneteamet mødes med jer. Ruth kan beslutte ved bordet.",
                    "with": "core_team decision_maker",
                    "network": "Mormor Grethe",
                },
            ),
            "child_view.recorded": (
                {"view": "Storm peger på billedet af gyngen. Han vil gerne hjem til sin egen seng."},
            ),
            "effort.decided": (
                {
                    "what": "Aflastning hver anden weekend",
                    "provider": "Aflastningsstedet Lærken",
                    "why": "I får sovet, og Storm er et sted, han kender.",
                    "why_child": "Du sover hos Oda på Lærken. Der er en gynge.",
                },
            ),
        },
        misses=frozenset({"measure-sam-s-professional"}),
    ),
)

KROGH = Family(
    "Familien Krogh",
    companies.TOGETHER,
    (
        (Person("Freja Krogh", 12, 3), "child", True),
        (Person("Louise Krogh", 41), "parent", False),
        (Person("Anders Krogh", 43), "parent", False),
    ),
    ("adviser", "sparring_team", "partner", "leader"),
    120,
    Script(
        values={"track.chosen track": "six-weeks"},
        why={
            "track.chosen": (
                "Freja skifter skole til sommer, og der er mange med. Familien vil gerne tales ved tit.",
                "Det passer jer stadig med hver sjette uge.",
            )
        },
        words={
            "plan.agreed": (
                {
                    "whose": "Freja",
                    "goal": "Jeg vil gå til svømning uden mor.",
                    "ladder": _ladder(
                        "Mor er med i vandet.",
                        "Mor sidder på kanten.",
                        "Mor venter i cafeen.",
                        "Jeg tager bussen sammen med Selma.",
                        "Jeg gør det bare.",
                    ),
                },
            ),
            "meeting.planned home-visit": ({"purpose": "Stine kommer hjem til jer og lærer jer at kende."},),
            "meeting.planned partners": (
                {"purpose": "Alle omkring Freja hører det samme på samme tid.", "with": "partner"},
            ),
            "meeting.planned follow-up": (
                {"purpose": "Hvad virker, hvad er svært, og hvad retter vi?", "with": "partner"},
            ),
            "meeting.planned sparring": (
                {"purpose": "Sparring på tværs om skolestart i 6. klasse.", "with": "sparring_team partner"},
            ),
            "child_view.recorded": ({"view": "Jeg vil selv fortælle klassen om min kørestol. Ikke Stine."},),
        },
        misses=frozenset({"measure-sam-s-professional"}),
    ),
)

BECK = Family(
    "Familien Beck",
    companies.TOGETHER,
    (
        (Person("Malthe Beck", 10, 1), "child", True),
        (Person("Signe Beck", 39), "parent", False),
        (Person("Henrik Beck", 42), "parent", False),
    ),
    ("adviser", "sparring_team", "partner", "leader"),
    290,
    Script(
        happens=(
            (232, "decision.made", {"kind": "closing"}, ""),
            (268, "course.closed", {}, "reached"),
        ),
        values={"track.chosen track": "three-months"},
        why={"track.chosen": ("Hverdagen kører, og familien ønsker luft.",)},
        words={
            "plan.agreed": (
                {
                    "whose": "Malthe",
                    "goal": "Jeg vil sove hele natten i min egen seng.",
                    "ladder": _ladder(
                        "Jeg sover hos mor og far.",
                        "Jeg sover i min seng til midnat.",
                        "Jeg sover i min seng de fleste nætter.",
                        "Jeg sover i min seng hver nat.",
                        "Jeg har haft en ven til at sove.",
                    ),
                },
            ),
            "child_view.recorded": (
                {"view": "Det er godt, at det altid er Stine."},
                {"view": "Jeg sover i min egen seng nu."},
            ),
            "consent.reviewed": (
                {"left": "Malthe har støtte i sin klasse. Ring til Stine, hvis det bliver svært."},
            ),
        },
    ),
)

FAMILIES = (THORUP, VESTERGAARD, SOFUS, BERG, KROGH, BECK)

"""Rows about a plan: goals and how they are rated, what is agreed in which version, what each says to it."""

from samspil.collaboration.plans.models import AgreementEnd, Goal, PlanVoice
from samspil.doors.demo.generate.behind import Writer
from samspil.doors.demo.generate.facts import author_of
from samspil.doors.demo.generate.happenings import Happening
from samspil.doors.demo.generate.rows import FALSE, TRUE, listed, quoted

WISHES = (
    "Vi vil spise aftensmad sammen uden at skændes.",
    "Jeg vil gerne i skole hver dag og være glad for det.",
    "Der skal være ro om morgenen.",
    "Mor skal kunne hvile sig, uden at vi er bange for, at hun er syg igen.",
    "Jeg vil have en, jeg kan tale med, når det er svært derhjemme.",
    "Vi vil lave noget rart sammen én gang om ugen.",
    "Far vil kunne sige nej uden at råbe.",
)
STEPS = (
    "Det går dårligere end nu.",
    "Som det er nu.",
    "Det lykkes nogle gange om ugen.",
    "Det lykkes de fleste dage.",
    "Det lykkes af sig selv.",
)
TASKS = (
    "Ringer til skolen om en fast voksen",
    "Skriver tiderne ned på køkkenets kalender",
    "Spørger bedstemor, om hun kan hente om onsdagen",
    "Sender familien navnet på en støtteperson",
    "Taler med lægen om medicinen",
    "Finder et hold i svømning",
)
SAID = ("", "", "Det er godt, at vi er blevet spurgt.", "Jeg vil gerne have, at det står med mine ord.")
CHANGED = "Familien har fundet bedre ord for det, de ønsker sig."
NOT_KEPT = "Der kom sygdom på tværs."
AS_IT_IS = "-1"


def write_goal(writer: Writer, one: Happening, written: str) -> None:
    """The first version of a goal, or the next one with other words."""
    story, author, goal = writer.story, author_of(one), str(one.attributes["goal"])
    before = writer.goals.setdefault(goal, [])
    speaker = story.parents[0] if one.attributes["own_words"] else None
    key = writer.add(
        "plans_goal", "goal", author, written, goal, str(len(before) + 1), str(len(writer.goals)),
        story.chance.choice(WISHES), TRUE if speaker else FALSE, speaker.subject if speaker else None,
        one.on.isoformat() if speaker else None, quoted(STEPS), "", AS_IT_IS,
        str(one.attributes["lead_sector"]), author.post, None, str(one.attributes["due_on"]),
        Goal.State.STANDING, None, "", before[-1] if before else None,
        made="" if before else goal,
    )  # fmt: skip
    before.append(key)


def write_rating(writer: Writer, one: Happening, written: str) -> None:
    """What the parent says, on which step one stands."""
    goal, said = str(one.attributes["goal"]), writer.story.parents[0].subject
    writer.add(
        "plans_goalrating", "goal-rating", author_of(one), written, writer.goals[goal][-1], goal,
        str(one.attributes["level"]), one.on.isoformat(), said, None, writer.story.chance.choice(SAID),
        subjects=[*writer.focus, said],
    )  # fmt: skip


def write_plan(writer: Writer, one: Happening, written: str) -> None:
    """A version of the plan, with what each in the family says to it."""
    story, author, on = writer.story, author_of(one), one.on.isoformat()
    before = writer.plans[-1] if writer.plans else None
    plan = writer.add(
        "plans_plan", "plan", author, written, str(len(writer.plans) + 1), on,
        listed(versions[-1] for versions in writer.goals.values()), CHANGED if before else "", before,
        made=str(one.attributes["plan"]),
    )  # fmt: skip
    writer.plans.append(plan)
    for person in story.people:
        writer.add(
            "plans_planvoice", "plan-voice", author, written, plan, person.subject,
            PlanVoice.Answer.AGREED, on, "", story.chance.choice(SAID), subjects=[person.subject],
        )  # fmt: skip


def write_agreement(writer: Writer, one: Happening, written: str) -> None:
    """Who does what by when: the coordinator, each time."""
    author = author_of(one)
    writer.add(
        "plans_agreement", "agreement", author, written, writer.story.chance.choice(TASKS), author.post, None,
        "", str(one.attributes["due_on"]), one.on.isoformat(), None, None,
        made=str(one.attributes["agreement"]),
    )  # fmt: skip


def write_end(writer: Writer, one: Happening, written: str) -> None:
    """How it went with an agreement."""
    is_kept = one.kind == "agreement.kept"
    outcome = AgreementEnd.Outcome.KEPT if is_kept else AgreementEnd.Outcome.BROKEN
    writer.add(
        "plans_agreementend", "agreement-end", author_of(one), written, str(one.attributes["agreement"]),
        outcome, one.on.isoformat(), "" if is_kept else NOT_KEPT,
    )  # fmt: skip

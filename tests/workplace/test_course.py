"""The pages of a course: the model as a map, what is next, people, what happened, what is shared."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page

from samspil.collaboration.courses import actions, queries
from samspil.collaboration.courses.models import CoursePerson, Participant
from samspil.collaboration.meetings.actions.arranging import Place
from samspil.collaboration.programmes.engine import State
from samspil.collaboration.programmes.loading import library
from samspil.collaboration.programmes.queries import coming_instrument
from samspil.doors.workplace.presenters.calling import call
from samspil.doors.workplace.presenters.readings import MOST, readings
from samspil.doors.workplace.presenters.standing import short, standing
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.kernel.sharing import Category
from samspil.foundation.organisations.models import Membership, Staff
from tests.factories.access import a_citizen, a_leader, a_stranger, a_team_member, acting
from tests.factories.courses import TODAY, ACourse, a_course
from tests.factories.meetings import a_meeting
from tests.factories.organisations import a_unit
from tests.factories.owner import as_owner
from tests.workplace.test_overview import browser

pytestmark = pytest.mark.django_db
PAGES = ("course", "steps", "timeline", "sharing")
BESIDE = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "SELECT audit.record")


def ago(days: int):
    return TODAY - timedelta(days=days)


def seen(actor, course: ACourse, name: str = "course", **asked: str) -> str:
    answer = browser(actor).get(reverse(f"workplace:{name}", args=[course.space]), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def next_rows(page: str) -> list[str]:
    """The rows of what comes next."""
    return page.split('<li class="next__row">')[1:]


def due(course: ACourse):
    with acting(course.anna) as anna:
        return queries.due_rows(anna, course.course, TODAY)


def fill(course: ACourse, actor, role: str) -> None:
    """Somebody stands in the course for a role of the model."""
    with as_owner():
        post = Membership.objects.get(pk=actor.membership_id)
        Participant.objects.create(
            space_id=course.space, role=role, membership=post, unit_id=post.unit_id, starts=ago(30)
        )


@pytest.fixture
def course() -> ACourse:
    """A course of forty days, in which something of each kind has happened."""
    made = a_course()
    with as_owner():
        for subject, name in (
            (made.alma, "Alma Lund"),
            (made.father, "Jens Lund"),
            (made.mother, "Mette Lund"),
        ):
            CoursePerson.objects.filter(space=made.space, subject=subject).update(name=name)
    made.note("eligibility.checked", ago(40), result="yes")
    made.note("need.stated", ago(10))
    made.note("meeting.planned", ago(25), meeting="m1", kind="kickoff")
    made.note("meeting.held", ago(20), meeting="m1", kind="kickoff")
    return made


class TestWhoSees:
    @pytest.mark.parametrize("name", PAGES)
    @pytest.mark.parametrize("somebody", [a_stranger, a_citizen])
    def test_to_everybody_else_there_is_no_such_page(self, course, name, somebody):
        client = browser(somebody())
        assert client.get(reverse(f"workplace:{name}", args=[course.space])).status_code == 404

    def test_what_rests_on_health_leaves_no_trace_for_the_school(self, course):
        course.note("admission", ago(3), person=str(course.father), stay="s1")
        with as_owner():
            school = a_unit()
        teacher = a_team_member(course.space, RoleKey.SCHOOL_CONTACT, unit=school)
        for name in PAGES:
            client = browser(teacher)
            answer = client.get(reverse(f"workplace:{name}", args=[course.space]))
            assert "indlæggelse" not in answer.content.decode().lower()
        assert "Indlæggelse" in seen(course.anna, course)
        assert "indlæggelse" in seen(course.anna, course, "steps").lower()


class TestWhatIsNotHereYet:
    def test_an_instrument_says_that_it_is_coming_and_asks_nothing_of_anybody(self, course):
        steps = seen(course.anna, course, "steps")
        assert "SAM-F, forældrenes syn på samarbejdet (kommer)" in steps
        assert "Spørgeskemaet er her ikke endnu." in steps
        assert "sam-f" not in steps.replace("measure-sam-f", "")
        assert "SAM-F" not in seen(course.anna, course).partition("Modellen trin for trin")[0]

    def test_tools_with_a_page_of_their_own_are_not_said_to_be_coming(self, course):
        papers = browser(course.anna).get(reverse("journal:papers", args=[course.space])).content.decode()
        assert "Mødetjekliste" in papers
        assert "Kommer. Det er her ikke endnu." not in papers


class TestMap:
    def test_each_state_has_its_shape_its_word_and_its_day(self, course):
        page = seen(course.anna, course).partition('<div class="legend">')[0]
        assert "Modellen trin for trin" in page
        for shape in ("done", "done-late", "late", "missed", "not-yet"):
            assert f"marks.svg#{shape}" in page
        assert "dage for sent" in page
        assert "ikke sket, frist" in page  # the child was not heard: it stays
        assert "I dag" in page

    def test_steps_of_another_track_are_not_shown(self, course):
        assert "Rådgivende samtale" not in seen(course.anna, course)
        assert "Rådgivende samtale" not in seen(course.anna, course, "steps")

    def test_an_excused_step_stays_with_its_reason_in_the_timeline(self, course):
        with acting(course.anna) as anna:
            actions.excuse_step(
                actor=anna, space=course.space, step="effort-overview", on=TODAY, today=TODAY, reason="Før"
            )
        assert "Undtaget med grund" in seen(course.anna, course, "steps")
        assert "undtaget med grund" in seen(course.anna, course)
        assert "»Før«" in seen(course.anna, course, "timeline")

    def test_the_list_says_who_has_it_and_where_each_step_is_from(self, course):
        page = seen(course.anna, course, "steps")
        assert "Forslag fra Samspil, ikke fra modellens ejer" in page
        assert "Kontaktperson i VIA-teamet" in page
        assert "Barnets lov § 5" in page

    def test_the_draft_says_so(self, course):
        assert "Udkast, ikke godkendt af Social- og Boligstyrelsen" in seen(course.anna, course)

    @pytest.mark.parametrize(
        ("state", "due", "kind", "text", "note"),
        [
            (State.LATE, -3, "late", "3 dage for sent", "frist "),
            (State.DUE, 0, "soon", "I dag", "frist "),
            (State.DUE, -2, "soon", "Om 3 dage", "senest "),
            (State.OPEN, 1, "soon", "I morgen", "frist "),
            (State.OPEN, 30, "open", "Om 30 dage", "frist "),
            (State.NOT_DUE, 30, "not-yet", "Om 30 dage", "frist "),
            (State.MISSED, -9, "missed", "Ikke sket", "frist "),
            (State.DONE, -9, "done", "Gjort", ""),
            (State.DONE_LATE, -9, "done-late", "Gjort for sent", "9 dage for sent"),
            (State.EXCUSED, -9, "excused", "Undtaget", ""),
        ],
    )
    def test_the_words_of_each_state(self, course, state, due, kind, text, note):
        with acting(course.anna) as anna:
            one = queries.due_rows(anna, course.course, TODAY)[0]
        on = TODAY + timedelta(days=due)
        closes = TODAY + timedelta(days=3) if state is State.DUE else on
        done = TODAY if state in {State.DONE, State.DONE_LATE} else None
        found = standing(one._replace(state=state, due=on, closes=closes, done_on=done), TODAY)
        assert (found.kind, found.text) == (kind, text)
        assert note in found.note

    def test_a_deadline_of_the_law_keeps_its_mark_until_it_is_near(self, course):
        with acting(course.anna) as anna:
            one = queries.due_rows(anna, course.course, TODAY)[0]
        far = one._replace(state=State.OPEN, due=TODAY + timedelta(days=30), closes=None, done_on=None)
        assert standing(far, TODAY, by_law=True).kind == "statutory"
        assert standing(far._replace(due=TODAY), TODAY, by_law=True).kind == "soon"


class TestNextSteps:
    def test_one_button_is_filled_and_who_has_the_others_is_said(self, course):
        page = seen(course.anna, course)
        assert len(re.findall(r'class="btn btn--main', page)) <= 1
        assert "har bolden" in page

    def test_a_booked_meeting_stands_beside_its_step_and_leads_there(self):
        course = a_course()
        meeting = a_meeting(course)
        rows = next_rows(seen(course.anna, course))
        [row] = [row for row in rows if "<h3>Fælles opstartsmøde</h3>" in row]
        day = short(TODAY + timedelta(days=7), TODAY)
        assert f"{day} kl. 14.30, Rådhuset, lokale 3" in row
        assert reverse("meetings:meeting", args=[course.space, meeting.pk]) in row
        assert "Gør mødet klar" in row
        assert "frist" in row, "a meeting after the deadline does not hide the deadline"

    def test_a_secret_place_is_not_told_there(self):
        course = a_course()
        a_meeting(course, place=Place(text="Krisecentret", is_secret=True))
        page = seen(course.anna, course)
        assert "kl. 14.30" in page
        assert "Krisecentret" not in page

    def test_who_has_what_can_be_rung(self, course):
        karim = a_team_member(course.space, RoleKey.CASEWORKER)
        fill(course, karim, "region_case_manager")
        with as_owner():
            staff = Membership.objects.get(pk=karim.membership_id).staff
            Staff.objects.filter(pk=staff.pk).update(name="Karim Saleh", phone="12 34 56 90")
        page = seen(course.anna, course)
        assert 'href="tel:12345690"' in page
        way = call(course.space, "Karim Saleh", "12 34 56 90")
        assert (way.text, way.url) == ("Ring til Karim", "tel:12345690")
        assert call(course.space, "", "").url == reverse("courses:team", args=[course.space])

    def test_what_did_not_happen_is_counted_with_a_link(self, course):
        missed = [one for one in due(course) if one.state is State.MISSED]
        rows = [one for one in missed if not coming_instrument(one.rule)]
        assert missed != rows, "a questionnaire that does not exist yet is nobody's miss"
        page = seen(course.anna, course)
        link = f"{reverse('workplace:steps', args=[course.space])}?show=missed"
        assert (link in page) == bool(rows)
        listed = seen(course.anna, course, "steps", show="missed")
        assert listed.count("marks.svg#missed") == len(rows)
        assert "marks.svg#done" not in listed.partition('class="filter"')[2]

    def test_the_same_step_for_several_is_one_line(self, course):
        assert re.search(r"Information og samtykke: \w+, \w+", seen(course.anna, course))

    def test_the_words_are_the_engines(self, course):
        assert "dage efter »Forløbet åbnet«" in seen(course.anna, course)


class TestPeople:
    def test_the_family_stands_first_and_each_unit_with_what_is_shared_with_it(self, course):
        with as_owner():
            ward = a_unit(name="Ambulatoriet")
        fill(course, a_team_member(course.space, RoleKey.CLINICIAN, unit=ward), "region_team")
        page = seen(course.anna, course).partition("Mennesker omkring familien")[2]
        assert page.index("Alma Lund") < page.index("Ambulatoriet")
        assert "Intet er delt" in page
        assert "Dig" in page


class TestTimeline:
    def test_the_newest_eight_here_and_all_on_their_page(self, course):
        for number in range(10):
            course.note("contact.made", ago(number), kind="coordination")
        page = seen(course.anna, course).partition("Tidslinje")[2]
        assert page.count("Kontakt: koordinering") == 8
        assert seen(course.anna, course, "timeline").count("Kontakt: koordinering") == 10

    def test_what_was_corrected_stays_and_says_so(self, course):
        fact = course.note("contact.made", ago(2), kind="coordination")
        with acting(course.anna) as anna:
            actions.correct_fact(actor=anna, fact=fact, reason="Det var i går", on=ago(1), today=TODAY)
        page = seen(course.anna, course, "timeline")
        assert "rettet siden" in page
        assert "»Det var i går«" in page
        assert "Retter: Kontakt" in page
        assert "noteret senere" in page


class TestSharing:
    def test_each_person_has_a_place_and_a_page(self, course):
        page = seen(course.anna, course, "sharing")
        for subject in (course.alma, course.father, course.mother):
            assert reverse("sharing:bases", args=[course.space, subject]) in page
            assert reverse("sharing:register", args=[course.space, subject]) in page
        assert "Skriv et svar ned" in page

    def test_who_may_not_register_reads_why(self, course):
        leader = a_leader(course.space)
        page = seen(leader, course, "sharing")
        assert "Skriv et svar ned" not in page


class TestCost:
    def test_the_course_page_is_at_most_25_statements_however_much_happened(
        self, course, django_assert_max_num_queries: Callable
    ):
        client, url = browser(course.anna), reverse("workplace:course", args=[course.space])
        client.get(url)
        with django_assert_max_num_queries(60) as few:
            client.get(url)
        for number in range(12):
            course.note("contact.made", ago(number), kind="coordination")
        with django_assert_max_num_queries(60) as many:
            client.get(url)
        assert counted(few) == counted(many) <= 25


def counted(captured) -> int:
    """Statements but those of the transaction and of the log."""
    return sum(not query["sql"].startswith(BESIDE) for query in captured.captured_queries)


class TestReadings:
    def test_what_one_can_read_stands_at_its_step_at_most_two_and_how_to_do_it_first(self, course):
        rows = [row for row in next_rows(seen(course.anna, course)) if "Om dette trin:" in row]
        assert rows
        for row in rows:
            assert 1 <= len(re.findall('href="/catalogue/[a-z]', row)) <= MOST

    def test_they_stand_in_the_list_of_all_steps_with_their_kind(self, course):
        page = seen(course.anna, course, "steps")
        kickoff = page.partition("Fælles opstartsmøde")[2].partition("</tr>")[0]
        assert 'href="/catalogue/method-network-meeting/"' in kickoff
        assert "(metode)" in kickoff

    def test_how_to_do_it_stands_before_the_model_as_a_whole_and_the_rest_behind_the_steps_own_page(self):
        found = readings("via-family", "2.0-draft", "safety-plan-child", "da")
        assert found is not None
        assert {one.note for one in (found.first, *found.rest)} <= {"Redskab", "Metode"}
        crowded = [
            (one, found)
            for model in library().programmes
            for one in model.steps
            if (found := readings(model.key, model.version, one.key, "da"))
        ]
        assert all(len(one.rest) < MOST for _step, one in crowded)
        assert readings("via-family", "2.0-draft", "no-such-step", "da") is None


def test_a_category_that_nobody_here_sees_has_no_column(course):
    teacher = a_team_member(
        course.space,
        RoleKey.SCHOOL_CONTACT,
        categories=Category.IDENTITY | Category.SCHOOL | Category.EVERYDAY,
    )
    page = seen(teacher, course, "sharing")
    assert "Helbred" not in page


@pytest.mark.browser
def test_axe_finds_nothing_wrong_and_nothing_needs_script(course, page: Page):
    for name in PAGES:
        text = seen(course.anna, course, name)
        assert "<script>" not in text
        assert "style=" not in text
        page.set_content(text)
        report = Axe().run(page, options={"rules": {"color-contrast": {"enabled": False}}})
        assert not report.violations_count, report.generate_report()

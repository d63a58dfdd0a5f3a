"""The pages of people: they work without script, and strangers learn nothing from any of them."""

from datetime import date, timedelta
from html.parser import HTMLParser
from uuid import uuid4

import pytest
from django.urls import reverse

from samspil.collaboration.families import actions, queries
from samspil.collaboration.families.models import PlaceKind, TieKind
from samspil.collaboration.families.presenters import people as shown
from samspil.collaboration.families.rules.civil_number import made_up
from samspil.collaboration.families.urls import urlpatterns
from samspil.foundation.access import cookies, wall
from samspil.foundation.accounts.models import Account
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.kernel.sharing import Category
from tests.browsing import FormClient
from tests.factories.access import a_stranger, acting, an_actor
from tests.factories.families import a_person, a_place, a_tie
from tests.factories.owner import as_owner

pytestmark = pytest.mark.django_db
TODAY = clock.today()
BORN = date(2017, 5, 12)
OF_A_PERSON = ("person", "family", "correct", "protection", "number", "location", "note_place", "tie")


def browser(actor, **more):
    """A browser in which this actor has logged in and chosen whom to act for."""
    client = FormClient(**more)
    client.force_login(Account.objects.get(pk=actor.account_id))
    client.cookies[cookies.name()] = wall.open_session(actor.account_id, actor.membership_id)
    return client


class Words(HTMLParser):
    """What a reader sees, and the links."""

    def __init__(self):
        super().__init__()
        self.seen = []
        self.links = []

    def handle_data(self, data):
        self.seen.append(data.strip())

    def handle_starttag(self, _tag, attrs):
        self.links += [value for name, value in attrs if name == "href"]


def read(response):
    words = Words()
    words.feed(response.content.decode())
    return " ".join(word for word in words.seen if word)


def page(name, record):
    return reverse(f"families:{name}", args=[record.subject_id])


@pytest.fixture
def family():
    """Alma is protected and lives with Mette; Jens, the father, lives elsewhere."""
    actor = an_actor()
    people = {
        "alma": a_person(actor, "Alma Lund", is_protected=True),
        "mette": a_person(actor, "Mette Lund", born=date(1987, 1, 1)),
        "jens": a_person(actor, "Jens Lund", born=date(1985, 1, 1)),
    }
    for parent in ("mette", "jens"):
        a_tie(actor, people[parent], TieKind.PARENT, people["alma"])
    a_tie(actor, people["mette"], TieKind.CUSTODY, people["alma"])
    a_tie(actor, people["alma"], TieKind.LIVES_WITH, people["mette"])
    a_place(actor, people["alma"], "Hemmelig Vej 7")
    a_place(actor, people["alma"], "Den Skjulte Skole", PlaceKind.SCHOOL)
    a_place(actor, people["jens"], "Torvet 1")
    return actor, people


class TestSearch:
    def test_finds_with_slips_and_leads_to_the_person(self, family):
        actor, people = family
        response = browser(actor).get(reverse("families:search"), {"q": "mete lunn"})
        assert "Mette Lund" in read(response)
        assert page("person", people["mette"]) in response.content.decode()

    def test_says_so_where_nobody_is_found_and_the_same_to_a_stranger(self, family):
        actor, _people = family
        ours = browser(actor).get(reverse("families:search"), {"q": "Xerxes"})
        theirs = browser(a_stranger()).get(reverse("families:search"), {"q": "Alma"})
        assert "Ingen fundet" in read(ours)
        assert "Ingen fundet" in read(theirs)

    @pytest.mark.parametrize("text", ["\x00", "a" * 1_000, "<script>alert(1)</script>", "%", "' OR 1=1 --"])
    def test_odd_input_gets_a_calm_answer(self, family, text):
        actor, _people = family
        response = browser(actor).get(reverse("families:search"), {"q": text})
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()


class TestRegister:
    def fill(self, actor, **fields):
        return browser(actor).post(reverse("families:register"), {"name": "Alma Lund", **fields})

    def test_writes_down_and_shows_the_person(self):
        actor = an_actor()
        response = self.fill(actor, born="12.5.2017", civil_number=made_up(BORN, 12))
        assert response.status_code == 302
        shown = read(browser(actor).get(response["Location"]))
        assert "Alma Lund" in shown
        assert "720517-4012" in shown
        assert "12. maj 2017" in shown

    @pytest.mark.parametrize(
        ("fields", "answer"),
        [
            ({"name": ""}, "Udfyld"),
            ({"born": "31.2.2017"}, "31.2.2017"),
            ({"born": f"{TODAY + timedelta(days=1):%d.%m.%Y}"}, "fremtiden"),
            ({"civil_number": "910217-5001"}, "findes ikke"),
            ({"civil_number": "12"}, "10 tal"),
            ({"name": "Alma\x00"}, "tegn"),
            ({"name": "A" * 1_000_000}, "120"),
            ({"born": "12.5.2017", "is_unborn": "on"}, "ikke er født"),
        ],
    )
    def test_bad_input_is_answered_in_danish_and_kept(self, fields, answer):
        response = self.fill(an_actor(), **fields)
        assert response.status_code == 200
        assert answer in read(response)
        if len(fields.get("name", "Alma")) < 100:
            assert fields.get("name", "Alma Lund").replace("\x00", "") in response.content.decode().replace(
                "\x00", ""
            )

    def test_a_look_alike_is_shown_before_it_is_written_down_twice(self):
        actor = an_actor()
        self.fill(actor, born="12.5.2017")
        asked = self.fill(actor, name="Alma Lunn", born="12.5.2017")
        assert "I kender måske personen" in read(asked)
        assert read(asked).count("I kender måske personen") == 1
        assert 'name="despite_likeness"' in asked.content.decode()
        sure = self.fill(actor, name="Alma Lunn", born="12.5.2017", despite_likeness="on")
        assert sure.status_code == 302

    def test_a_double_submit_with_a_number_makes_one_person(self):
        actor = an_actor()
        number = made_up(BORN, 12)
        assert self.fill(actor, civil_number=number).status_code == 302
        again = self.fill(actor, civil_number=number, despite_likeness="on")
        assert "CPR-nummeret tilhører Alma Lund" in read(again)

    def test_a_role_that_keeps_no_records_is_turned_away(self):
        assert browser(an_actor(RoleKey.SCHOOL_CONTACT)).get(reverse("families:register")).status_code == 403


class TestPerson:
    def test_every_page_of_a_person_opens_for_the_unit(self, family):
        actor, people = family
        client = browser(actor)
        for name in OF_A_PERSON:
            response = client.get(page(name, people["alma"]))
            assert response.status_code == 200, name
            assert "Alma Lund" in read(response), name
            assert "<c-" not in response.content.decode(), name

    def test_ties_are_said_from_where_one_stands(self, family):
        actor, people = family
        alma, jens = (read(browser(actor).get(page("person", people[who]))) for who in ("alma", "jens"))
        assert "Mette Lund har forældremyndigheden" in alma
        assert "Alma Lund barn" in jens

    def test_a_birthday_that_changes_something_is_announced(self):
        actor = an_actor()
        soon = TODAY + timedelta(days=20)
        record = a_person(actor, "Noah Lund", born=date(soon.year - 15, soon.month, min(soon.day, 28)))
        assert "fylder 15" in read(browser(actor).get(page("person", record)))

    def test_costs_the_same_for_a_large_family(self, family, django_assert_max_num_queries):
        actor, people = family
        client = browser(actor)
        for _number in range(8):
            a_tie(actor, people["alma"], TieKind.SIBLING, a_person(actor))
        with django_assert_max_num_queries(20):
            client.get(page("person", people["alma"]))


class TestChanges:
    def test_correct_and_the_second_tab(self, family):
        actor, people = family
        client = browser(actor)
        read_first = str(people["jens"].pk)
        fields = {"name": "Jens Krog", "born": "1.1.1985", "reason": "Gift", "based_on": read_first}
        assert client.post(page("correct", people["jens"]), fields).status_code == 302
        assert "Jens Krog" in read(client.get(page("person", people["jens"])))
        late = client.post(page("correct", people["jens"]), {**fields, "name": "Jens Bæk"})
        assert "i mellemtiden" in read(late)
        assert "Jens Bæk" in late.content.decode()

    def test_protect(self, family):
        actor, people = family
        client = browser(actor)
        assert "Torvet 1" in read(client.get(page("person", people["jens"])))
        assert client.post(page("protection", people["jens"]), {"reason": "CPR"}).status_code == 302
        assert "Torvet 1" not in read(client.get(page("person", people["jens"])))

    def test_number(self, family):
        actor, people = family
        number = made_up(date(1985, 1, 1), 3)
        assert (
            browser(actor).post(page("number", people["jens"]), {"civil_number": number}).status_code == 302
        )
        assert number[6:] in read(browser(actor).get(page("person", people["jens"])))

    def test_place_and_its_end(self, family):
        actor, people = family
        client = browser(actor)
        fields = {"kind": "phone", "text": "12 34 56 78", "starts": ""}
        assert client.post(page("note_place", people["jens"]), fields).status_code == 302
        assert "12 34 56 78" in read(client.get(page("person", people["jens"])))
        with acting(actor):
            place = next(
                place
                for place in queries.protected_location(actor, [people["jens"]], day=TODAY)[
                    people["jens"].subject_id
                ].places
                if place.kind == PlaceKind.PHONE
            )
        ended = client.post(reverse("families:end_place", args=[place.pk]), {"ends": f"{TODAY:%d.%m.%Y}"})
        assert ended.status_code == 302
        assert "12 34 56 78" not in read(client.get(page("person", people["jens"])))

    def test_tie_is_found_said_and_ended(self, family):
        actor, people = family
        inge = a_person(actor, "Inge Lund", born=date(1955, 1, 1))
        client = browser(actor)
        assert "Inge Lund" in read(client.get(page("tie", people["jens"]), {"q": "inge"}))
        fields = {"kind": "has:parent", "other": str(inge.subject_id), "starts": "", "source": "family"}
        assert client.post(page("tie", people["jens"]), fields).status_code == 302
        assert "Inge Lund forælder" in read(client.get(page("person", people["jens"])))
        twice = client.post(page("tie", people["jens"]), fields)
        assert "står her allerede" in read(twice)
        with acting(actor):
            tie = queries.tie_rows(actor).get(person=inge.subject_id)
        ended = client.post(reverse("families:end_tie", args=[tie.pk]), {"ends": f"{TODAY:%d.%m.%Y}"})
        assert ended.status_code == 302
        assert "sluttede" in read(client.get(page("person", people["jens"])))

    def test_custody_in_doubt_is_said_on_the_childs_page(self, family):
        actor, people = family
        with acting(actor):
            tie = queries.tie_rows(actor).get(to=people["alma"].subject_id, kind=TieKind.CUSTODY)
        client = browser(actor)
        assert client.post(reverse("families:doubt", args=[tie.pk]), {"reason": "Sag"}).status_code == 302
        assert "Forældremyndigheden er i tvivl" in read(client.get(page("person", people["alma"])))

    def test_somebody_elses_person_cannot_be_chosen_for_a_tie(self, family):
        actor, people = family
        theirs = a_person(a_stranger(), "Ukendt Fremmed")
        fields = {"kind": "is:network", "other": str(theirs.subject_id), "source": "family"}
        answer = browser(actor).post(page("tie", people["jens"]), fields)
        assert answer.status_code == 200
        assert "Ukendt Fremmed" not in read(answer)


class TestTheDrawing:
    def test_is_svg_with_title_and_words_and_no_inline_style(self, family):
        actor, people = family
        html = browser(actor).get(page("family", people["alma"])).content.decode()
        assert "<title id=" in html
        assert "<desc id=" in html
        assert "Jens Lund er forælder til Alma Lund." in html
        assert " style=" not in html

    def test_shows_no_home_of_a_protected_child(self, family):
        actor, people = family
        text = read(browser(actor).get(page("family", people["alma"])))
        assert "Hjem 1" not in text


class TestStrangers:
    def urls(self, people, tie, place):
        for pattern in urlpatterns:
            arguments = {"item": [tie.pk, place.pk], "subject": [people["alma"].subject_id]}
            for key in pattern.pattern.converters:
                yield from (reverse(f"families:{pattern.name}", args=[value]) for value in arguments[key])

    def test_what_is_not_yours_answers_as_what_does_not_exist(self, family):
        actor, people = family
        with acting(actor):
            tie = queries.tie_rows(actor).filter(to=people["alma"].subject_id).first()
            place = queries.places(actor).first()
        client = browser(a_stranger(), raise_request_exception=False)
        found = list(self.urls(people, tie, place))
        assert len(found) == 14
        for url in found:
            nothing = url
            for known in (people["alma"].subject_id, tie.pk, place.pk):
                nothing = nothing.replace(str(known), str(uuid4()))
            for method in (client.get, client.post):
                ours, theirs = method(url), method(nothing)
                assert ours.status_code == theirs.status_code in {404, 405}, url
                assert ours.status_code == 404 or method == client.post, url
                assert ours.content == theirs.content, url

    def test_the_protected_places_stand_on_one_page_alone(self, family):
        actor, people = family
        client = browser(actor)
        for name in OF_A_PERSON:
            for record in people.values():
                text = client.get(page(name, record)).content.decode()
                has_place = "Hemmelig Vej" in text or "Skjulte Skole" in text
                assert has_place == (name == "location" and record is people["alma"]), (name, record.name)
        searched = client.get(reverse("families:search"), {"q": "Hemmelig"}).content.decode()
        assert "Hemmelig Vej" not in searched

    @pytest.mark.parametrize("twin", ["places", "homes"])
    def test_a_broken_twin_that_forgets_protection_is_found(self, family, monkeypatch, twin):
        actor, people = family
        if twin == "places":
            whole = queries.protected_location
            monkeypatch.setattr(
                queries, "protected_location", lambda *a, **k: whole(*a, **{**k, "is_asked_for": True})
            )
        else:
            monkeypatch.setattr(queries, "_open_ties", lambda: queries.tie_rows(actor))
            for name in ("_own_ties", "_further_ties"):
                build = getattr(queries, name).__wrapped__
                monkeypatch.setattr(queries, name, lambda *values, build=build: list(build(*values)))
            monkeypatch.setattr(shown, "_tells_where", lambda *_: False)
        check = (
            self.test_the_protected_places_stand_on_one_page_alone
            if twin == "places"
            else self.test_with_whom_a_protected_person_lives_is_said_only_where_asked_for
        )
        with pytest.raises(AssertionError):
            check((actor, people))

    def test_asking_for_a_protected_place_leaves_its_trace(self, family):
        actor, people = family
        browser(actor).get(page("person", people["alma"]))
        browser(actor).get(page("location", people["alma"]))
        with as_owner():
            from samspil.foundation.audit.models import LogEvent, LogSubject

            shown = {
                row.act: LogSubject.objects.filter(event=row.pk, subject=people["alma"].subject_id)
                for row in LogEvent.objects.filter(act__in=["person.viewed", "whereabouts.viewed"])
            }
            masks = {act: {row.categories for row in rows} for act, rows in shown.items()}
        assert masks["person.viewed"]
        assert not any(mask & Category.WHEREABOUTS for mask in masks["person.viewed"])
        assert any(mask & Category.WHEREABOUTS for mask in masks["whereabouts.viewed"])

    def test_with_whom_a_protected_person_lives_is_said_only_where_asked_for(self, family):
        actor, people = family
        client = browser(actor)
        for name in ("person", "family"):
            for record in people.values():
                assert "bor sammen" not in read(client.get(page(name, record))), (name, record.name)
        assert "bor sammen" in read(client.get(page("location", people["alma"])))


def test_actions_are_reachable_from_pages():
    """Every action has its page; what nobody calls is deleted."""
    import inspect

    from samspil.collaboration.families import views

    source = inspect.getsource(views)
    made_here = [
        name for name, thing in vars(actions).items() if inspect.isfunction(thing) and name[0] != "_"
    ]
    own = [name for name in made_here if inspect.getmodule(getattr(actions, name)) is actions]
    assert [name for name in own if f"actions.{name}(" not in source and name != "category_of"] == []

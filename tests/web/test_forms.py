"""The base of all forms: dates as Danes write them, clear words for wrong input, refusals beside the form."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.test import Client

from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import NotAllowed
from samspil.foundation.web.examples import ExampleForm
from samspil.foundation.web.forms import DanishDate, DanishDateInput, Form, danish_date, refusals_on


class Letter(Form):
    text = forms.CharField(label="Brev", max_length=5)
    day = DanishDate(label="Dag")


@pytest.mark.parametrize(
    "text", ["1.2.2026", "01-02-2026", "2026-02-01", " 1. 2. 2026 ", "1/2/2026", "1 2 2026"]
)
def test_a_date_is_read_as_a_dane_means_it(text):
    assert danish_date(text) == date(2026, 2, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("31.2.2026", "Datoen 31.2.2026 findes ikke"),
        ("29.02.2025", "findes ikke"),
        ("0.1.2026", "findes ikke"),
        ("1.13.2026", "findes ikke"),
        ("1.1.0000", "findes ikke"),
        ("1.2.26", "fire tal"),
        ("15.11.2926", "Årstallet 2926 kan ikke passe"),
        ("15.11.1026", "Årstallet 1026 kan ikke passe"),
        ("1.2.", "fire tal"),
        ("i morgen", "dag, måned og år"),
        ("12026", "dag, måned og år"),
        ("1.2.2026\x00", "dag, måned og år"),
        ("１.２.２０２６x", "dag, måned og år"),
    ],
)
def test_a_date_that_cannot_be_says_why(text, said):
    with pytest.raises(ValidationError) as wrong:
        danish_date(text)
    assert said in str(wrong.value.messages[0])


def test_a_date_is_shown_as_it_is_written():
    shown = Letter(initial={"day": date(2026, 2, 1)})["day"].as_widget()
    assert 'value="1.2.2026"' in shown
    assert DanishDateInput().format_value("31.2.2026") == "31.2.2026"


def errors(**data: str) -> dict[str, list[str]]:
    return dict(Letter({"text": "abc", "day": "1.2.2026", **data}).errors)


def test_good_input_has_no_errors():
    assert errors() == {}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("text", "a\x00b", "tegn, der ikke kan vises"),
        ("text", "abcdef", "Skriv højst 5 tegn. Nu er der 6."),
        ("text", "", "Udfyld: Brev"),
        ("day", "", "Udfyld: Dag"),
        ("day", "\x00", "dag, måned og år"),
    ],
)
def test_wrong_input_is_said_in_danish(field, value, said):
    assert said in errors(**{field: value})[field][0]


class Call(Form):
    length = forms.IntegerField(label="Minutter", min_value=10, max_value=480)
    about = forms.MultipleChoiceField(label="Hvem?", choices=[("a", "Alma")])


@pytest.mark.parametrize(
    ("data", "field", "said"),
    [
        ({"length": "5"}, "length", "Skriv et tal på 10 eller mere."),
        ({"length": "999"}, "length", "Skriv et tal på 480 eller mindre."),
        ({"about": ["another-authoritys-id"]}, "about", "Der er valgt noget, som ikke står på listen."),
    ],
)
def test_a_number_or_choice_that_cannot_be_says_so_without_repeating_it(data, field, said):
    found = Call({"length": "60", "about": ["a"], **data}).errors[field]
    assert found[0].startswith(said)
    assert "another" not in found[0]


def test_a_choice_left_out_asks_for_a_choice():
    assert ExampleForm({}).errors["answer"] == ["Vælg: Er barnet spurgt?"]
    assert ExampleForm({}).errors["told"] == ["Sæt kryds: Jeg har sagt, hvem der kan læse det"]


def test_pasted_text_is_never_cut_by_the_browser():
    assert "maxlength" not in str(Letter()["text"])


def test_a_refusal_stands_on_the_form():
    form = Letter({"text": "abc", "day": "1.2.2026"})
    with refusals_on(form):
        raise Refused("Planen er allerede aftalt.")
    assert form.non_field_errors() == ["Planen er allerede aftalt."]


def test_what_one_may_not_do_passes_through():
    with pytest.raises(NotAllowed), refusals_on(Letter({})):
        raise NotAllowed("Rollen omfatter det ikke.")


@pytest.mark.django_db
def test_every_link_of_the_error_summary_leads_to_a_control_that_says_what_is_wrong():
    data = {"name": "x" * 41}
    form = ExampleForm(data)
    page = Client().post("/design/", data).content.decode()
    wrong = [field for field in form if field.errors]
    assert {field.name for field in wrong} == {"name", "day", "place", "answer", "told"}
    for field in wrong:
        assert page.count(f'href="#{field.focus_id}"') == 1
        assert f'id="{field.focus_id}"' in page
        assert f'id="{field.auto_id}_error"' in page


def test_boxes_look_like_boxes_and_rings_like_rings():
    form = ExampleForm()
    assert 'class="form-checkbox"' in str(form["about"])
    assert 'class="form-radio"' in str(form["answer"])
    assert 'class="form-select"' in str(form["place"])

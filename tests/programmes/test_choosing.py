"""Which model fits: the rule by hand-made families, and the page that keeps nothing."""

import shutil
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from samspil.collaboration.courses.rules.choosing import known_answers
from samspil.collaboration.programmes import choosing, loading
from samspil.collaboration.programmes.choosing import Verdict
from samspil.foundation.kernel.definitions import DefinitionError

LIBRARY = loading.library()
RULE = choosing.choosing()


def judged(**answers: str) -> dict[str, Verdict]:
    given = {key.replace("_", "-"): value for key, value in answers.items()}
    found = choosing.suggestions(RULE, LIBRARY.programmes, given)
    return {f"{one.programme.key}/{one.programme.version}": one.verdict for one in found}


def best(**answers: str) -> str:
    found = judged(**answers)
    assert next(iter(found.values())) is Verdict.FITS
    return next(iter(found))


@pytest.mark.parametrize(
    ("answers", "key"),
    [
        ({"parent_psychiatry": "yes", "municipal_need": "yes", "age": "under-16"}, "via-family/2.0-draft"),
        ({"placement_risk": "yes", "hard_to_work": "no"}, "styrket-familiebehandling/2023"),
        ({"early_concern": "yes", "everyday_place": "yes"}, "bti/2012-adapted-2024"),
        ({"age": "from-16", "youth_difficulties": "yes", "education_job": "yes"}, "unge-overgang/2015"),
        (
            {"lasting_disability": "yes", "two_departments": "yes", "one_entrance": "yes", "core_team": "yes",
             "money": "mandate"},
            "en-familie-en-indgang/2022-beslutningskompetence",
        ),
        (
            {"lasting_disability": "yes", "two_departments": "yes", "core_team": "yes", "money": "joint",
             "room": "no"},
            "en-familie-en-indgang/2021-finansiering",
        ),
        (
            {"lasting_disability": "yes", "two_departments": "yes", "core_team": "no", "room": "yes"},
            "sammen-om-familien/2021",
        ),
    ],
)  # fmt: skip
def test_each_signal_of_the_dossier_suggests_its_model(answers: dict[str, str], key: str) -> None:
    assert best(**answers) == key


def test_nothing_known_refuses_nobody() -> None:
    assert set(judged().values()) == {Verdict.PERHAPS}
    assert set(judged(age="from-16", parent_psychiatry="nonsense").values()) == {Verdict.PERHAPS}


def test_a_need_that_does_not_hold_says_why() -> None:
    found = choosing.suggestions(RULE, LIBRARY.programmes, {"placement-risk": "no"})
    one = next(each for each in found if each.programme.version == "2023")
    assert one.verdict is Verdict.DOES_NOT
    assert "risiko for at blive anbragt" in one.speaks_against[0].da


def test_age_speaks_against_and_excludes_nobody() -> None:
    found = judged(age="from-25", youth_difficulties="yes", education_job="yes")
    assert found["unge-overgang/2015"] is Verdict.PERHAPS


def test_the_newer_version_stands_first() -> None:
    order = list(judged(placement_risk="yes"))
    assert order.index("styrket-familiebehandling/2023") < order.index("styrket-familiebehandling/2020")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("question: placement-risk", "question: placement-rsik", "did you mean 'placement-risk'?"),
        ("is: [mandate]", "is: [mandat]", "money has no answer 'mandat'"),
        ("programme: bti", "programme: btii", "there is no programme 'btii'"),
        ("version: 2021-finansiering", "version: 2020-finansiering", "has no version '2020-finansiering'"),
        ("provenance: proposal", "provenance: guess", "provenance 'guess' is unknown"),
    ],
)
def test_a_wrong_rule_does_not_load(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = (loading.ROOT / choosing.FILE).read_text(encoding="utf-8")
    assert old in text
    shutil.copy(loading.ROOT / choosing.FILE, tmp_path)
    (tmp_path / choosing.FILE).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DefinitionError) as error:
        choosing.checked(tmp_path, LIBRARY.programmes)
    assert message in str(error.value)


def test_every_version_has_a_rule() -> None:
    choosing.checked(loading.ROOT, LIBRARY.programmes)


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (date(2010, 11, 23), "under-16"),
        (date(2010, 11, 22), "from-16"),
        (date(2008, 11, 22), "from-18"),
        (date(2001, 11, 22), "from-25"),
    ],
)
def test_what_is_known_is_not_asked_again(born: date, age: str) -> None:
    assert known_answers(born, date(2026, 11, 22), crosses=False) == {"age": age}
    assert known_answers(None, date(2026, 11, 22), crosses=True) == {"two-departments": "yes"}


@pytest.mark.django_db
class TestPage:
    def test_questions_first_then_every_model_with_reasons(self) -> None:
        address = reverse("programmes:choose")
        page = unescape(Client().get(address).content.decode())
        for one in RULE.questions:
            assert one.ask.da in page
        assert "Passer ikke" not in page
        said = unescape(Client().get(f"{address}?see=1&q_placement-risk=yes").content.decode())
        assert "Der er risiko for, at et barn bliver anbragt." in said
        assert "Det er altid jeres valg." in said
        assert 'value="yes" selected' in said

    def test_an_answer_that_is_not_there_is_said(self) -> None:
        address = f"{reverse('programmes:choose')}?see=1&q_age=hundred&q_placement-risk=yes"
        said = unescape(Client().get(address).content.decode())
        assert "Noget mangler eller er forkert" in said
        assert 'value="yes" selected' in said

    def test_the_list_of_models_leads_there(self) -> None:
        assert reverse("programmes:choose") in Client().get(reverse("programmes:models")).content.decode()

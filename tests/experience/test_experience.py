"""»Virker det her trin?«: answered without a person, read by those who look after the model."""

import pytest
from django.urls import reverse

from samspil.foundation.access import cookies, wall
from samspil.foundation.audit.models import LogEvent
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.organisations.models import Authority
from samspil.insight.experience import rules
from samspil.insight.experience.models import Answer, Experience
from samspil.insight.experience.rules import Told
from tests.factories.organisations import a_post, a_unit, an_authority
from tests.factories.owner import as_owner

KINDS = {
    RoleKey.IMPLEMENTATION_ADVISER: Authority.Kind.AGENCY,
    RoleKey.EVALUATOR: Authority.Kind.EVALUATOR,
    RoleKey.RESEARCHER: Authority.Kind.RESEARCH,
}
STEP = ("via-family", "2.0-draft", "safety-plan")
TELL, ELEMENTS = reverse("experience:tell", args=STEP), reverse("experience:elements", args=STEP[:2])


def told(*answers: str, text: str = "") -> list[Told]:
    return [Told("safety-plan", answer, text, "caseworker", "municipality") for answer in answers]


class TestRules:
    @pytest.mark.parametrize(
        "text",
        [
            "Se 010114-4999",
            "se 0101144999.",
            "ring 12 34 56 78",
            "+45 12345678",
            "skriv til anna@eksempel.dk",
        ],
    )
    def test_what_can_only_be_about_somebody_is_refused(self, text: str) -> None:
        assert not rules.without_person(text)

    @pytest.mark.parametrize(
        "text", ["", "Vi holder mødet efter 14 dage", "§ 43 stk. 2, 2 af 3 gange", "1234567"]
    )
    def test_what_is_about_the_step_is_let_through(self, text: str) -> None:
        assert rules.without_person(text)

    def test_who_does_it_differently_says_how(self) -> None:
        assert not rules.says_something(Answer.ADAPTED, "  ")
        assert not rules.says_something(Answer.FAILS, "")
        assert rules.says_something(Answer.WORKS, "")

    def test_four_answers_show_no_role_and_five_do(self) -> None:
        four = rules.tallies(told("works", "works", "fails", "fails", text="Ord"))["safety-plan"]
        five = rules.tallies(told("works", "works", "fails", "fails", "unknown", text="Ord"))["safety-plan"]

        assert {(one.role, one.organisation) for one in four.words} == {("", "")}
        assert {(one.role, one.organisation) for one in five.words} == {("caseworker", "municipality")}
        assert (four.total, five.total, five.counts["fails"]) == (4, 5, 2)


@pytest.mark.django_db
class TestPages:
    @pytest.fixture
    def standing(self, client):
        def stand(role: RoleKey):
            with as_owner():
                kind = KINDS.get(role, Authority.Kind.MUNICIPALITY)
                post = a_post(role, unit=a_unit(an_authority(kind)))
            client.force_login(post.staff.account, backend="samspil.foundation.accounts.backends.LocalLogin")
            client.cookies[cookies.name()] = wall.open_session(post.staff.account_id, post.pk)
            return client

        return stand

    def test_an_answer_is_kept_without_whoever_gave_it(self, standing) -> None:
        client = standing(RoleKey.CASEWORKER)
        answer = client.post(TELL, {"answer": "adapted", "text": "Vi gør det ved første hjemmebesøg."})

        assert answer.status_code == 302
        [row] = Experience.objects.all()
        assert (row.step, row.answer, row.role, row.organisation) == (
            "safety-plan", "adapted", "caseworker", "municipality",
        )  # fmt: skip
        assert {field.name for field in Experience._meta.fields}.isdisjoint({"account", "author", "unit"})
        with as_owner():
            assert LogEvent.objects.filter(act="experience.told").count() == 1

    def test_a_refused_answer_keeps_what_was_typed_and_writes_nothing(self, standing) -> None:
        page = standing(RoleKey.CASEWORKER).post(TELL, {"answer": "fails", "text": "Ring 12 34 56 78"})

        assert "ligner et telefonnummer" in page.content.decode()
        assert "Ring 12 34 56 78" in page.content.decode()
        assert not Experience.objects.exists()

    def test_the_owner_reads_the_answers_at_each_step(self, standing) -> None:
        standing(RoleKey.LEADER).post(TELL, {"answer": "fails", "text": "Der er ikke tid før mødet."})
        page = standing(RoleKey.IMPLEMENTATION_ADVISER).get(ELEMENTS).content.decode()

        assert "Der er ikke tid før mødet." in page
        assert "Leder" not in page.split("<main")[1], "one answer shows no role"

    @pytest.mark.parametrize(
        "role", [RoleKey.CASEWORKER, RoleKey.LEADER, RoleKey.EVALUATOR, RoleKey.RESEARCHER]
    )
    def test_nobody_else_reads_them(self, standing, role) -> None:
        assert standing(role).get(ELEMENTS).status_code == 403

    def test_the_question_stands_on_the_page_of_the_step(self, client, standing) -> None:
        address = reverse("programmes:step", args=STEP)
        assert TELL not in client.get(address).content.decode()
        assert TELL in standing(RoleKey.CLINICIAN).get(address).content.decode()

    def test_there_is_no_question_about_a_step_that_is_not_there(self, standing) -> None:
        client = standing(RoleKey.CASEWORKER)
        assert client.get(reverse("experience:tell", args=[*STEP[:2], "nothing"])).status_code == 404
        assert client.get(reverse("experience:tell", args=["nothing", "1", "safety-plan"])).status_code == 404

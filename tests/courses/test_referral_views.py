"""The pages of referrals: they work without script, and strangers learn nothing from any of them."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samspil.collaboration.courses import queries
from samspil.collaboration.courses.models import Course
from samspil.collaboration.courses.queries import referral as referrals
from samspil.collaboration.programmes import queries as programmes
from samspil.foundation.access import cookies, wall
from samspil.foundation.accounts.models import Account
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.kernel.sharing import Category
from tests.browsing import FormClient
from tests.factories.access import a_leader, a_stranger, acting, an_actor
from tests.factories.families import a_person
from tests.factories.owner import as_owner
from tests.factories.referrals import TODAY, AReferral, a_referral

pytestmark = pytest.mark.django_db
TASKS = ("people", "wishes", "target", "consents", "sharing", "contact", "send")


def browser(actor) -> Client:
    """A browser in which this actor has logged in and chosen whom to act for."""
    client = FormClient()
    with as_owner():
        account = Account.objects.get(pk=actor.account_id)
    client.force_login(account, backend="samspil.foundation.accounts.backends.LocalLogin")
    client.cookies[cookies.name()] = wall.open_session(actor.account_id, actor.membership_id)
    return client


def words(response) -> str:
    """What a reader sees, without tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def menu_mark(response) -> str:
    """The entry of the menu that is marked as the page one stands on."""
    return next(link.text for link in response.context["layout"]["menu"] if link.is_current)


def url(name: str, one: AReferral, *more) -> str:
    return reverse(f"courses:{name}", args=[one.space, *more])


@pytest.fixture
def draft() -> AReferral:
    return a_referral()


class TestWhichModelFits:
    ANSWERS = {
        "suggest": "1",
        "q_parent-psychiatry": "yes",
        "q_municipal-need": "yes",
    }

    def asked(self, draft: AReferral, **more: str):
        where = reverse("courses:refer", args=[draft.ida.subject_id])
        unit = draft.unit_of(draft.bo)
        return browser(draft.karim).post(f"{where}?find={unit.name}", {**self.ANSWERS, **more})

    def test_the_models_stand_with_reasons_and_the_best_is_first_to_choose(self, draft: AReferral) -> None:
        answer = self.asked(draft)
        shown = words(answer)
        assert "Taler for: En forælder er eller har været i psykiatrien" in shown
        assert "Ved ikke: Er der risiko for, at et barn bliver anbragt?" in shown
        first, *others = answer.context["form"].fields["version"].choices
        assert first[1] == "VIA Family 2.0: passer"
        assert len(others) == len(programmes.versions()) - 1

    def test_nothing_is_chosen_for_anybody_and_no_referral_begins(self, draft: AReferral) -> None:
        page = self.asked(draft).content.decode()
        assert 'name="version"' in page
        assert not re.search(r'name="version"[^>]* checked', page)
        with acting(draft.karim) as karim:
            before = len(referrals.sent_rows(karim, TODAY))
        self.asked(draft)
        with acting(draft.karim) as karim:
            assert len(referrals.sent_rows(karim, TODAY)) == before

    def test_what_is_asked_is_not_shown_as_something_to_leave_out(self, draft: AReferral) -> None:
        shown = words(self.asked(draft))
        assert "Hvem modtager henvisningen?" in shown
        for asked in ("Hvem modtager henvisningen?", "Hvilken model?"):
            assert f"{asked} (kan udelades)" not in shown

    def test_another_model_than_the_suggested_one_is_chosen_as_freely(self, draft: AReferral) -> None:
        answer = self.asked(draft)
        last = answer.context["form"].fields["version"].choices[-1][0]
        unit = draft.unit_of(draft.bo)
        where = reverse("courses:refer", args=[draft.ida.subject_id])
        chosen = {"version": last, "to_unit": str(unit.pk)}
        begun = browser(draft.karim).post(f"{where}?find={unit.name}", chosen)
        assert begun.status_code == 302, words(begun)


class TestTheDraft:
    def test_from_the_first_word_to_the_receipt(self, draft: AReferral) -> None:
        karim = browser(draft.karim)
        ids = [str(one.subject_id) for one in draft.family]
        people = {
            f"role_{key}": role for key, role in zip(ids, ("child", "parent_ill", "co_parent"), strict=True)
        }
        people |= {f"included_{key}": "on" for key in ids} | {f"focus_{ids[0]}": "on"}
        sent = karim.post(url("referral_people", draft), people)
        assert sent.status_code == 302, words(sent)
        wish = {"wish": "Ro om morgenen.", "wish_by": "Mor", "about": [ids[0]]}
        assert karim.post(url("referral_wishes", draft), wish).status_code == 302
        answers = {
            "answer_parent-mental-illness": "yes",
            "answer_treated-within-three-years": "ended",
            "from_treated-within-three-years": f"1.2.{TODAY.year - 1}",
            "answer_needs-advice": "yes",
        }
        assert karim.post(url("referral_target", draft), answers).status_code == 302
        target = words(karim.get(url("referral_target", draft)))
        assert "Ja, familien er i målgruppen." in target
        assert "grænsen" in target
        for person in draft.family:
            draft.consent(person)
        contact = {"name": "Karim Saleh", "phone": "12 34 56 78", "when": ""}
        assert karim.post(url("referral_contact", draft), contact).status_code == 302
        seen = words(karim.get(url("referral_sharing", draft)))
        assert "Navn, fødselsdato og plads i familien" in seen
        assert "6 af 7 er færdige" in words(karim.get(url("referral_send", draft)))
        receipt = karim.post(url("referral_send", draft), follow=True)
        assert "Kvittering" in words(receipt)
        assert "Ro om morgenen." in words(receipt)
        assert "Venter på modtagerens svar" in words(karim.get(reverse("courses:referrals")))

    @pytest.mark.parametrize("task", TASKS)
    def test_is_a_page_for_its_writer_alone(self, draft: AReferral, task: str) -> None:
        draft.prepare()
        page = url(f"referral_{task}", draft)
        assert browser(draft.karim).get(page).status_code == 200
        own = draft.unit_of(draft.karim)
        for other in (
            an_actor(RoleKey.CLINICIAN, unit=own),
            a_leader(of=draft.space),
            draft.bo,
            a_stranger(),
        ):
            client = browser(other)
            for answer in (client.get(page), client.get(url("referral", draft))):
                assert answer.status_code == 404
                assert "Bruun" not in answer.content.decode()

    def test_begins_from_the_page_of_a_person(self, draft: AReferral) -> None:
        karim = browser(draft.karim)
        page = reverse("courses:refer", args=[draft.ida.subject_id])
        name = draft.unit_of(draft.bo).name
        found = karim.get(page, {"find": name})
        assert name in words(found)
        version = re.search(r'name="version" value="([^"]+)"', found.content.decode())
        assert version
        begun = karim.post(f"{page}?find={name}", {"version": version[1], "to_unit": str(draft.bo.unit_id)})
        assert begun.status_code == 302, words(begun)
        assert browser(a_stranger()).get(page).status_code == 404

    @pytest.mark.parametrize("text", ["Med\x00nul", "x" * 1_000_000])
    def test_what_cannot_be_kept_is_said(self, draft: AReferral, text: str) -> None:
        draft.choose()
        sent = browser(draft.karim).post(
            url("referral_wishes", draft), {"wish": text, "about": [str(draft.ida.subject_id)]}
        )
        assert sent.status_code == 200
        assert not sheet(draft).standing

    def test_people_of_others_are_refused(self, draft: AReferral) -> None:
        theirs = a_person(a_stranger())
        karim = browser(draft.karim)
        about = {"wish": "Noget", "about": [str(theirs.subject_id)]}
        assert karim.post(url("referral_wishes", draft), about).status_code == 200
        add = karim.post(url("referral_add_person", draft, theirs.subject_id), follow=True)
        assert "Jeres enhed har ikke noteret denne person." in words(add)
        assert not sheet(draft).standing


class TestTheReceiver:
    def test_what_is_not_shared_reads_neither_as_unanswered_nor_as_hidden(self, draft: AReferral) -> None:
        draft.prepare().send()
        page = words(browser(draft.bo).get(url("referral", draft)))
        target = page.partition("Målgruppe")[2]
        assert "Ikke delt med jer" in target
        assert "Ved ikke" not in target
        assert "Sådan vurderede henviseren det" in target
        own = words(browser(draft.karim).get(url("referral", draft)))
        assert "Ikke delt med jer" not in own

    def test_both_read_on_what_basis_and_until_when(self, draft: AReferral) -> None:
        draft.prepare()
        before = words(browser(draft.karim).get(url("referral_send", draft)))
        draft.send()
        receipt = words(browser(draft.karim).get(url("referral", draft)))
        received = words(browser(draft.bo).get(url("referral", draft)))
        for page in (before, receipt, received):
            assert "Ja fra" in page
            assert "Gælder til og med" in page

    def test_reads_asks_accepts(self, draft: AReferral) -> None:
        draft.prepare().send()
        bo = browser(draft.bo)
        assert "Familien Bruun" in words(bo.get(reverse("courses:inbox")))
        received = bo.get(url("referral", draft))
        assert menu_mark(received) == "Indbakke"
        assert menu_mark(browser(draft.karim).get(url("referral", draft))) == "Henvisninger"
        page = words(received)
        assert "Vi vil gerne have ro om morgenen." in page
        assert "Karim Saleh" in page
        assert bo.post(url("referral_ask", draft), {"text": "Hvad siger skolen?"}).status_code == 302
        assert "Hvad siger skolen?" in words(browser(draft.karim).get(url("referral", draft)))
        form = bo.get(url("referral_accept", draft))
        assert "Kender I dem allerede?" in words(form)
        chosen = {f"own_{one.subject_id}": "new" for one in draft.family}
        chosen |= {"coordinator": str(draft.bo.membership_id)}
        chosen |= {"role": "municipal_coordinator", "sender_role": "region_case_manager"}
        accepted = bo.post(url("referral_accept", draft), chosen)
        assert accepted.status_code == 302, words(accepted)
        assert accepted["Location"] == reverse("workplace:course", args=[draft.space])
        again = bo.post(url("referral_accept", draft), chosen)
        assert again.status_code == 404
        with as_owner():
            assert len(Course.objects.filter(space=draft.space)) == 1

    def test_declines_with_a_reason(self, draft: AReferral) -> None:
        draft.prepare().send()
        bo = browser(draft.bo)
        assert bo.post(url("referral_decline", draft), {"text": ""}).status_code == 200
        assert bo.post(url("referral_decline", draft), {"text": "De er flyttet."}).status_code == 302
        assert bo.get(url("referral", draft)).status_code == 404
        assert "De er flyttet." in words(browser(draft.karim).get(url("referral", draft)))

    def test_nobody_else_answers(self, draft: AReferral) -> None:
        draft.prepare().send()
        teacher = draft.colleague(role=RoleKey.SCHOOL_CONTACT)
        for other in (a_stranger(), teacher):
            for name in ("referral", "referral_accept", "referral_ask", "referral_decline"):
                assert browser(other).get(url(name, draft)).status_code in {403, 404}
        karim = browser(draft.karim)
        assert karim.post(url("referral_decline", draft), {"text": "Nej."}).status_code == 404

    def test_what_was_not_agreed_is_not_on_the_page(self, draft: AReferral) -> None:
        draft.prepare()
        draft.write("Mor drikker.", "more", Category.SUBSTANCE, draft.mother)
        draft.send()
        assert "drikker" not in words(browser(draft.bo).get(url("referral", draft)))

    def test_an_unknown_space_is_no_page(self, draft: AReferral) -> None:
        for name in ("referral", "referral_accept", "referral_people"):
            page = reverse(f"courses:{name}", args=[uuid4()])
            assert browser(draft.bo).get(page).status_code == 404


def sheet(one: AReferral) -> queries.Sheet:
    with acting(one.karim) as karim:
        found = queries.referral_sheet(karim, one.space)
    assert found is not None
    return found

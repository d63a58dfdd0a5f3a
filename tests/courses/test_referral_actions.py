"""A referral from the first word to the open course: the act, the refusal, the stranger, the half-done."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from samspil.collaboration.courses import actions, queries
from samspil.collaboration.courses.actions import Checked, Chosen, Words, answering
from samspil.collaboration.courses.migrations._sql import text_of
from samspil.collaboration.courses.models import Course, Participant, ReferralAnswer, ReferralPart
from samspil.collaboration.courses.queries import referral as referrals
from samspil.collaboration.courses.rules import referral as rules
from samspil.collaboration.courses.rules.referral import Stage
from samspil.collaboration.families import queries as families
from samspil.collaboration.families.rules.civil_number import made_up
from samspil.collaboration.programmes.engine import Answer
from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.programmes.loading import library
from samspil.collaboration.sharing import queries as bases
from samspil.foundation.access import actions as access
from samspil.foundation.access.models import Item, Ledger, Subject
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import NotAllowed
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.kernel.sharing import Category, Purpose, RelationKind
from samspil.foundation.organisations.models import Authority, Membership
from tests.factories.access import a_leader, a_relation, a_stranger, acting, an_actor
from tests.factories.families import a_person
from tests.factories.owner import as_owner
from tests.factories.referrals import NO, TODAY, UNKNOWN, YES, AReferral, a_referral

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def draft() -> AReferral:
    return a_referral()


@pytest.fixture
def ready(draft: AReferral) -> AReferral:
    return draft.prepare()


@pytest.fixture
def sent(ready: AReferral) -> AReferral:
    return ready.send()


def sheet(actor, one: AReferral) -> queries.Sheet | None:
    with acting(actor):
        return queries.referral_sheet(actor, one.space)


def tables() -> list[tuple[int, ...]]:
    """How much stands in every table that an answer writes."""
    names = (
        "access_item",
        "access_ledger",
        "access_subject",
        "families_personrecord",
        "courses_course",
        "courses_fact",
        "courses_courseperson",
        "courses_participant",
        "courses_referralanswer",
        "sharing_basis",
    )
    with as_owner(), connection.cursor() as cursor:
        found = []
        for name in names:
            cursor.execute(f"SELECT count(*) FROM {name}")
            found.append(cursor.fetchone())
        cursor.execute("SELECT count(*) FROM access_ledger WHERE ends <= current_date OR baton <> ''")
        return [*found, cursor.fetchone()]


class TestADraft:
    def test_begins_with_the_family_and_the_roles_they_most_likely_have(self, draft: AReferral) -> None:
        found = sheet(draft.karim, draft)
        assert found is not None
        assert {(one.name, one.role, one.is_in_focus) for one in found.people} == {
            ("Ida Bruun", "child", True),
            ("Claus Bruun", "parent_ill", False),
            ("Sara Bruun", "co_parent", False),
        }
        assert found.stage is Stage.DRAFT

    def test_is_seen_by_its_writer_alone(self, ready: AReferral) -> None:
        """The canary: a colleague, the leader, the privacy officer and the receiver see nothing of it."""
        own = ready.unit_of(ready.karim)
        others = [
            ready.colleague(ready.karim, RoleKey.CLINICIAN),
            a_leader(of=ready.space),
            an_actor(RoleKey.PRIVACY_OFFICER, unit=own),
            ready.bo,
            ready.colleague(role=RoleKey.LEADER),
            a_stranger(),
        ]
        with as_owner():
            kinds = ("referral", "referral-person", "referral-part", "referral-number", "eligibility-answer")
            canary = {item.pk for item in Item.objects.filter(space=ready.space, kind__in=kinds)}
        assert len(canary) > 8
        for other in others:
            assert sheet(other, ready) is None
            with acting(other):
                assert not [item.pk for item in Item.objects.filter(pk__in=canary)]
                rows = queries.referral_rows(other, TODAY)
                assert not (rows.mine)
                assert not (rows.others)
                assert not (rows.settled)
                assert not queries.has_referral(other, ready.space)
        with acting(ready.karim):
            assert {item.pk for item in Item.objects.filter(pk__in=canary)} == canary

    def test_the_canary_is_red_where_what_is_written_is_released_at_once(
        self, draft: AReferral, monkeypatch
    ) -> None:
        new = access.new_item
        monkeypatch.setattr(access, "new_item", lambda **words: new(**{**words, "released": True}))
        draft.write("Kanariefugl")
        leader = a_leader(of=draft.space)
        with acting(leader):
            assert [part.text for part in ReferralPart.objects.filter(space=draft.space)] == ["Kanariefugl"]

    def test_is_written_by_nobody_else(self, draft: AReferral) -> None:
        words = Words(ReferralPart.Kind.WISH, "Noget", frozenset({draft.ida.subject_id}))
        for other in (draft.colleague(draft.karim), draft.bo, a_stranger()):
            with acting(other), pytest.raises(NotAllowed):
                actions.write_words(actor=other, space=draft.space, words=words)

    @pytest.mark.parametrize(
        "role", [RoleKey.SCHOOL_CONTACT, RoleKey.PROVIDER_WORKER, RoleKey.PRIVACY_OFFICER]
    )
    def test_is_begun_by_who_may_send(self, draft: AReferral, role: RoleKey) -> None:
        other = an_actor(role, unit=draft.unit_of(draft.karim))
        with acting(other), pytest.raises(NotAllowed):
            begin(draft, other)

    def test_is_begun_about_people_of_the_own_unit_and_to_another_unit(self, draft: AReferral) -> None:
        stranger = a_stranger()
        with acting(stranger), pytest.raises(Refused):
            begin(draft, stranger)
        with acting(draft.karim) as karim, pytest.raises(Refused):
            begin(draft, karim, to_unit=karim.unit_id)
        with acting(draft.karim) as karim, pytest.raises(Refused):
            begin(draft, karim, version=uuid4())

    @pytest.mark.parametrize(
        ("people", "why"),
        [
            (lambda d: d.chosen()[:2], "has changed"),
            (lambda d: [*d.chosen(), d.chosen()[0]], "has changed"),
            (
                lambda d: [Chosen(d.ida.subject_id, "headmaster", is_in_focus=True), *d.chosen()[1:]],
                "what they are",
            ),
            (
                lambda d: [Chosen(d.ida.subject_id, "child", is_included=False), *d.chosen()[1:]],
                "starts from",
            ),
            (
                lambda d: [d.chosen()[0], Chosen(d.father.subject_id, "co_parent"), d.chosen()[2]],
                "at least 1",
            ),
            (lambda d: [Chosen(uuid4(), "child", is_in_focus=True), *d.chosen()[1:]], "has changed"),
        ],
    )
    def test_refuses_people_that_cannot_be(self, draft: AReferral, people, why: str) -> None:
        with pytest.raises(Refused, match=why):
            draft.choose(people(draft))

    def test_words_are_about_somebody_in_it(self, draft: AReferral) -> None:
        other = a_person(draft.karim)
        with pytest.raises(Refused, match="whom it is about"):
            draft.write("Om en anden", "more", Category.EVERYDAY, other)

    def test_words_change_and_go_and_only_the_last_are_sent(self, ready: AReferral) -> None:
        before = sheet(ready.karim, ready)
        assert before is not None
        part = before.standing[0]
        words = Words(ReferralPart.Kind.WISH, "Andre ord", frozenset({ready.ida.subject_id}))
        with acting(ready.karim) as karim:
            actions.write_words(actor=karim, space=ready.space, words=words, instead_of=part.pk)
            with pytest.raises(Refused, match="changed"):
                actions.write_words(actor=karim, space=ready.space, words=words, instead_of=part.pk)
        ready.send()
        with acting(ready.bo):
            assert "Vi vil gerne have ro om morgenen." not in {
                part.text for part in ReferralPart.objects.all()
            }
            assert "Andre ord" in {part.text for part in ReferralPart.objects.all()}

    @pytest.mark.parametrize(
        ("check", "result"),
        [
            (Checked("treated-within-three-years", UNKNOWN), Answer.UNKNOWN),
            (
                Checked(
                    "treated-within-three-years", YES, ended_from=TODAY - 30 * DAY, ended_to=TODAY - 30 * DAY
                ),
                Answer.YES,
            ),
            (
                Checked(
                    "treated-within-three-years",
                    YES,
                    ended_from=TODAY - 1500 * DAY,
                    ended_to=TODAY - 1400 * DAY,
                ),
                Answer.NO,
            ),
            (
                Checked(
                    "treated-within-three-years",
                    UNKNOWN,
                    ended_from=TODAY - 1200 * DAY,
                    ended_to=TODAY - 900 * DAY,
                ),
                Answer.UNKNOWN,
            ),
            (Checked("treated-within-three-years", NO), Answer.NO),
        ],
    )
    def test_the_three_year_rule(self, draft: AReferral, check: Checked, result: Answer) -> None:
        draft.choose()
        draft.check(treated=check)
        found = sheet(draft.karim, draft)
        assert found is not None
        assert found.target(TODAY).result is result

    @pytest.mark.parametrize(
        "check",
        [
            Checked("treated-within-three-years", YES, ended_from=TODAY + DAY, ended_to=TODAY + DAY),
            Checked("treated-within-three-years", YES, ended_from=TODAY, ended_to=TODAY - DAY),
            Checked("treated-within-three-years", YES, is_ongoing=True, ended_from=TODAY, ended_to=TODAY),
            Checked("treated-within-three-years", YES, ended_from=TODAY),
            Checked("no-such-criterion", YES),
        ],
    )
    def test_impossible_dates_and_criteria_are_refused(self, draft: AReferral, check: Checked) -> None:
        draft.choose()
        with pytest.raises(Refused):
            draft.check(treated=check)


class TestSending:
    def test_opens_what_was_agreed_and_nothing_else(self, ready: AReferral) -> None:
        assert sheet(ready.bo, ready) is None
        ready.write("Mor har det svært selv.", "more", Category.HEALTH, ready.mother)
        ready.send()
        found = sheet(ready.bo, ready)
        assert found is not None
        assert {one.name for one in found.people} == {"Ida Bruun", "Claus Bruun", "Sara Bruun"}
        assert {part.kind for part in found.standing} == {"wish", "help"}, (
            "health about the mother was not agreed to"
        )
        assert set(found.checks) == {"parent-mental-illness", "treated-within-three-years"}
        assert found.stage is Stage.WAITING
        [row] = rows(ready.bo).mine
        assert (row.space, row.days, row.is_received) == (ready.space, 0, True)
        assert [one.space for one in rows(ready.karim).others] == [ready.space]

    @pytest.mark.parametrize(
        ("leave_out", "why"),
        [
            ("people", "what they are|at least"),
            ("wish", "family itself"),
            ("target", "target group"),
            ("consent", "Sara Bruun"),
            ("call", "can call"),
        ],
    )
    def test_waits_for_what_is_missing(self, draft: AReferral, leave_out: str, why: str) -> None:
        if leave_out == "people":
            with acting(draft.karim):
                from samspil.collaboration.courses.models import ReferralPerson

                ReferralPerson.objects.filter(space=draft.space, role="parent_ill").update(role="co_parent")
        else:
            draft.choose()
        if leave_out != "wish":
            draft.write("Ro om morgenen.")
        if leave_out != "target":
            draft.check()
        for person in draft.family[: 2 if leave_out == "consent" else 3]:
            draft.consent(person)
        if leave_out != "call":
            draft.call()
        with pytest.raises(Refused, match=why):
            draft.send()

    def test_all_the_same_with_a_reason(self, ready: AReferral) -> None:
        ready.check(treated=Checked("treated-within-three-years", NO))
        with pytest.raises(Refused, match="target group"):
            ready.send()
        ready.check("Far er henvist på ny.", treated=Checked("treated-within-three-years", NO))
        ready.send()

    def test_a_basis_for_the_referral_alone_is_not_enough(self, draft: AReferral) -> None:
        draft.choose()
        draft.write("Ro om morgenen.")
        draft.check()
        draft.call()
        for person in draft.family:
            draft.consent(person, purpose=Purpose.REFERRAL)
        with pytest.raises(Refused, match="consent or legal basis"):
            draft.send()

    def test_is_done_once(self, sent: AReferral) -> None:
        with pytest.raises(Refused):
            sent.send()

    def test_leaves_nothing_when_it_fails_on_the_way(self, ready: AReferral, monkeypatch) -> None:
        before = tables()
        monkeypatch.setattr(access, "offer_baton", lambda **_words: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            ready.send()
        assert tables() == before
        assert sheet(ready.bo, ready) is None

    def test_a_withdrawn_consent_closes_it_at_once(self, sent: AReferral) -> None:
        from samspil.collaboration.sharing import actions as sharing
        from samspil.collaboration.sharing.models import Ending

        basis = next(
            row for row in sent.bases if row.subject_id == sent.mother.subject_id and row.category == 1
        )
        with acting(sent.karim) as karim:
            sharing.end_basis(
                actor=karim,
                basis=basis,
                ending=Ending.WITHDRAWN,
                reason="Mor siger nej.",
                on=TODAY,
                today=TODAY,
            )
        found = sheet(sent.bo, sent)
        assert found is not None
        assert "Sara Bruun" not in {one.name for one in found.people}


class TestAfterSending:
    def test_it_is_amended_and_both_see_when(self, sent: AReferral) -> None:
        words = Words(ReferralPart.Kind.MORE, "Ida er begyndt i ny klasse.", frozenset({sent.ida.subject_id}))
        with acting(sent.karim) as karim:
            actions.amend_referral(actor=karim, space=sent.space, words=words)
        for actor in (sent.karim, sent.bo):
            found = sheet(actor, sent)
            assert found is not None
            assert found.amended_at is not None
            assert "Ida er begyndt i ny klasse." in {part.text for part in found.standing}
        with acting(sent.bo) as bo, pytest.raises(NotAllowed):
            actions.amend_referral(actor=bo, space=sent.space, words=words)

    def test_withdrawn_the_receiver_sees_nothing(self, sent: AReferral) -> None:
        with acting(sent.bo) as bo, pytest.raises(NotAllowed):
            actions.withdraw_referral(actor=bo, space=sent.space, today=TODAY)
        with acting(sent.karim) as karim:
            actions.withdraw_referral(actor=karim, space=sent.space, today=TODAY)
            with pytest.raises(Refused):
                actions.withdraw_referral(actor=karim, space=sent.space, today=TODAY)
        assert sheet(sent.bo, sent) is None
        with pytest.raises(NotAllowed):
            sent.accept()

    def test_more_is_asked_for_and_comes_back(self, sent: AReferral) -> None:
        answer(sent, ReferralAnswer.Kind.MORE, "Hvad siger skolen?")
        [row] = rows(sent.karim).mine
        assert row.stage is Stage.ASKED
        found = sheet(sent.karim, sent)
        assert found is not None
        assert [one.text for one in found.answers] == ["Hvad siger skolen?"]
        words = Words(ReferralPart.Kind.MORE, "Skolen siger god for det.", frozenset({sent.ida.subject_id}))
        with acting(sent.karim) as karim:
            actions.amend_referral(actor=karim, space=sent.space, words=words)
        assert [one.stage for one in rows(sent.bo).mine] == [Stage.WAITING]
        sent.accept()

    def test_declined_comes_back_with_the_reason_and_closes(self, sent: AReferral) -> None:
        with pytest.raises(Refused, match="why"):
            answer(sent, ReferralAnswer.Kind.DECLINED, " ")
        answer(sent, ReferralAnswer.Kind.DECLINED, "Familien er flyttet.")
        assert sheet(sent.bo, sent) is None
        found = sheet(sent.karim, sent)
        assert found is not None
        assert found.stage is Stage.DECLINED
        assert found.answers[0].text == "Familien er flyttet."
        with pytest.raises(NotAllowed):
            answer(sent, ReferralAnswer.Kind.DECLINED, "Igen.")

    def test_by_nobody_but_the_receiver(self, sent: AReferral) -> None:
        for other in (sent.karim, a_stranger(), sent.colleague(role=RoleKey.SCHOOL_CONTACT)):
            with acting(other), pytest.raises((NotAllowed, Refused)):
                actions.answer_referral(
                    actor=other, space=sent.space, kind=ReferralAnswer.Kind.DECLINED, text="Nej.", today=TODAY
                )


class TestAccepting:
    def test_opens_the_course_in_the_same_space_with_a_coordinator(self, sent: AReferral) -> None:
        course = sent.accept()
        assert course.space_id == sent.space
        for actor in (sent.bo, sent.karim):
            with acting(actor):
                head = queries.course_head(actor, sent.space, TODAY)
                assert head is not None
                assert sorted(head.names.values()) == ["Claus Bruun", "Ida Bruun", "Sara Bruun"]
                assert {(one.role, one.membership_id) for one in head.participants} == {
                    ("municipal_coordinator", sent.bo.membership_id),
                    ("region_case_manager", sent.karim.membership_id),
                }
                assert head.baton == sent.bo.membership_id
        kinds = [row.kind for row in timeline(sent)]
        assert set(kinds) == {
            "referral.sent", "referral.accepted", "course.opened", "eligibility.checked", "treatment.known",
            "need.stated", "consent.given", "coordinator.named", "coordinator.accepted",
        }  # fmt: skip
        assert kinds.count("consent.given") == 3, "father twice (everyday, health), mother once"
        with acting(sent.bo) as bo:
            occurrences = {one.step: one.state.value for one in queries.due_rows(bo, course, TODAY)}
        assert occurrences["accept-baton"] == "done"
        assert occurrences["check-target-group"] == "done"

    def test_ends_the_inbox_and_leaves_the_receipt(self, sent: AReferral) -> None:
        sent.accept()
        with acting(sent.bo):
            assert not referrals.inbox_rows(sent.bo, TODAY)
        found = sheet(sent.karim, sent)
        assert found is not None
        assert found.stage is Stage.ACCEPTED
        with as_owner():
            assert not Ledger.objects.filter(space_id=sent.space, kind="inbox", ends__gt=TODAY).exists()

    def test_a_new_person_is_written_down_and_linked_and_opens_nothing(self, sent: AReferral) -> None:
        sent.accept()
        with acting(sent.bo) as bo:
            records = {
                record.name: record
                for record in families.person_records(bo).filter(item__owner_unit=bo.unit_id)
            }
        assert set(records) == {"Ida Bruun", "Claus Bruun", "Sara Bruun"}
        with as_owner():
            assert (
                Subject.objects.get(pk=records["Ida Bruun"].subject_id).united_into_id == sent.ida.subject_id
            )
        with acting(sent.karim) as karim:
            assert not families.person_records(karim).filter(item__owner_unit=sent.bo.unit_id)

    def test_the_same_is_recognised_by_the_number_and_by_the_name(self) -> None:
        one = a_referral(numbers=True)
        one.prepare(number=True).send()
        born = one.ida.born
        assert born
        mine = a_person(one.bo, "Ida Marie Bruun", born=born, civil_number=made_up(born, 1))
        father = a_person(one.bo, "Claus Bruun", born=one.father.born)
        with acting(one.bo) as bo:
            found = queries.referral_sheet(bo, one.space)
            assert found is not None
            by_name = {row.person.name: row for row in referrals.recognised(bo, found)}
        assert [(c.subject, c.is_certain) for c in by_name["Ida Bruun"].candidates] == [
            (mine.subject_id, True)
        ]
        assert [(c.subject, c.is_certain) for c in by_name["Claus Bruun"].candidates] == [
            (father.subject_id, False)
        ]
        assert not by_name["Sara Bruun"].candidates
        with pytest.raises(Refused, match="CPR number of Ida"):
            one.accept()
        one.accept(
            own={
                one.ida.subject_id: mine.subject_id,
                one.father.subject_id: father.subject_id,
                one.mother.subject_id: None,
            }
        )
        with as_owner():
            assert Subject.objects.get(pk=mine.subject_id).united_into_id == one.ida.subject_id

    def test_refuses_a_person_twice_a_stranger_s_record_and_an_incomplete_choice(
        self, sent: AReferral
    ) -> None:
        mine = a_person(sent.bo, "Ida Bruun")
        theirs = a_person(a_stranger(), "Ida Bruun")
        people = [one.subject_id for one in sent.family]
        for own, why in (
            ({people[0]: mine.subject_id, people[1]: mine.subject_id, people[2]: None}, "two people"),
            ({people[0]: theirs.subject_id, people[1]: None, people[2]: None}, "no such record"),
            ({people[0]: None}, "for each person"),
            ({**dict.fromkeys(people), uuid4(): None}, "for each person"),
        ):
            before = tables()
            with pytest.raises(Refused, match=why):
                sent.accept(own=own)
            assert tables() == before

    @pytest.mark.parametrize(
        ("changes", "why"),
        [
            ({"role": "region_case_manager", "sender_role": "municipal_coordinator"}, "in this sector"),
            ({"role": "child"}, "in this sector"),
            ({"sender_role": "evaluator"}, "in this sector"),
        ],
    )
    def test_refuses_roles_of_the_other_sector(self, sent: AReferral, changes, why: str) -> None:
        with pytest.raises(Refused, match=why):
            sent.accept(**changes)

    @pytest.mark.parametrize("programme", library().programmes, ids=lambda one: f"{one.key}-{one.version}")
    def test_two_units_of_one_sector_have_a_role_each(self, programme: Programme) -> None:
        for sector in {role.sector for role in programme.roles if role.coordinator}:
            here = {role.key for role in rules.coordinating_roles(programme, sector)}
            there = {role.key for role in rules.sending_roles(programme, sector, sector)}
            assert here
            assert there
            assert all(there - {own} for own in here), "whichever the receiver takes, one is left"
        assert rules.sending_roles(programme, "region", "municipality") == rules.coordinating_roles(
            programme, "region"
        )

    @pytest.mark.parametrize(
        ("key", "version", "kept"),
        [("styrket-familiebehandling", "2023", "adviser"), ("bti", "2012-adapted-2024", "observer")],
    )
    def test_the_sender_keeps_the_role_that_the_coordination_passes_on_from(
        self, key: str, version: str, kept: str
    ) -> None:
        programme = library().programme(key, version)
        assert rules.sending_roles(programme, "municipality", "municipality")[0].key == kept

    def test_refuses_a_coordinator_of_another_unit(self, sent: AReferral) -> None:
        with pytest.raises(Refused, match="own unit"):
            sent.accept(coordinator=a_stranger().membership_id)

    def test_for_a_colleague_who_then_has_it_offered(self, sent: AReferral) -> None:
        eva = sent.colleague()
        leader = sent.colleague(role=RoleKey.LEADER)
        sent.accept(by=leader, coordinator=eva.membership_id)
        with acting(eva):
            head = queries.course_head(eva, sent.space, TODAY)
        assert head is not None
        assert (head.baton, head.offered) == (sent.karim.membership_id, eva.membership_id)
        with acting(leader):
            assert queries.course_head(leader, sent.space, TODAY) is None, (
                "who accepted for another leaves again"
            )

    def test_of_two_at_once_one_does(self, sent: AReferral) -> None:
        sent.accept()
        before = tables()
        with pytest.raises((Refused, NotAllowed)):
            sent.accept(by=sent.colleague())
        assert tables() == before

    @pytest.mark.parametrize("step", ["write_course", "_note_what_is_known", "_coordinate", "_write_answer"])
    def test_leaves_nothing_when_it_fails_on_the_way(self, sent: AReferral, monkeypatch, step: str) -> None:
        before = tables()
        monkeypatch.setattr(answering, step, lambda *_args, **_words: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            sent.accept()
        assert tables() == before
        monkeypatch.undo()
        assert sent.accept()

    def test_shares_back_on_the_same_answers(self, sent: AReferral) -> None:
        sent.accept()
        with acting(sent.bo) as bo:
            rows = [row for row in bases.bases(bo, sent.space) if row.unit_id == bo.unit_id]
        assert {(row.subject_id, row.category) for row in rows} == {
            (basis.subject_id, basis.category) for basis in sent.bases
        }
        assert {row.confirms for row in rows} == {basis.pk for basis in sent.bases}

    def test_from_the_municipality_the_coordination_stays_there(self) -> None:
        one = a_referral(to_kind=Authority.Kind.REGION)
        with as_owner():
            Authority.objects.filter(pk=one.karim.authority_id).update(kind=Authority.Kind.MUNICIPALITY)
        one.prepare().send()
        one.accept(role="region_case_manager", sender_role="municipal_coordinator")
        with acting(one.bo):
            head = queries.course_head(one.bo, one.space, TODAY)
        assert head is not None
        assert head.baton == one.karim.membership_id
        assert {"coordinator.named", "contact_person.accepted"} <= {row.kind for row in timeline(one)}

    def test_is_written_in_the_log(self, sent: AReferral) -> None:
        sent.accept()
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT act FROM log_event")
            acts = {act for (act,) in cursor.fetchall()}
        assert {
            "referral.begun",
            "referral.people_chosen",
            "referral.sent",
            "referral.accepted",
            "course.opened",
        } <= acts


class TestWhoIsWrittenDownFromTheStart:
    """The policy on participants, asked directly: what the action never does, the wall refuses."""

    def writes(self, one: AReferral, who, role: str = "municipal_service") -> None:
        with as_owner():
            unit = Membership.objects.get(pk=who.membership_id).unit_id
        with acting(one.bo), transaction.atomic():
            Participant.objects.create(
                space_id=one.space, role=role, membership_id=who.membership_id, unit_id=unit, starts=TODAY
            )

    def test_the_sender_and_colleagues_in_the_team(self, sent: AReferral) -> None:
        with acting(sent.bo) as bo:
            access.join_team(
                actor=bo, space=sent.space, membership=bo.membership_id, categories=Category.IDENTITY
            )
        self.writes(sent, sent.bo)
        self.writes(sent, sent.karim)

    def test_nobody_else_and_nobody_after_the_answer(self, sent: AReferral) -> None:
        beside = sent.colleague(sent.karim, RoleKey.CLINICIAN)
        a_relation(beside, RelationKind.TEAM, space=sent.space)
        third = an_actor()
        a_relation(third, RelationKind.TEAM, space=sent.space)
        for other in (beside, third, sent.colleague()):
            with pytest.raises(ProgrammingError):
                self.writes(sent, other)
        sql = text_of("4_referrals.sql")
        with as_owner(), connection.cursor() as cursor:
            line = "f.account_id = l.made_by_id AND wall.sharing_unit(m.unit_id) = l.giver_id"
            assert line in sql
            cursor.execute(sql[: sql.index("REVOKE ALL")].replace(line, "true"))
        self.writes(sent, third)

    def test_nobody_before_it_was_sent(self, ready: AReferral) -> None:
        with pytest.raises(ProgrammingError):
            self.writes(ready, ready.karim)


def begin(one: AReferral, actor, **changes):
    from tests.factories.courses import a_version

    given = {"subject": one.ida.subject_id, "version": a_version(), "to_unit": one.bo.unit_id, **changes}
    return actions.begin_referral(actor=actor, today=TODAY, **given)


def rows(actor) -> queries.ReferralRows:
    with acting(actor):
        return queries.referral_rows(actor, TODAY)


def answer(one: AReferral, kind: str, text: str) -> None:
    with acting(one.bo) as bo:
        actions.answer_referral(actor=bo, space=one.space, kind=kind, text=text, today=TODAY)


def timeline(one: AReferral):
    with acting(one.bo) as bo:
        assert Course.objects.filter(space=one.space)
        return queries.timeline(bo, one.space)

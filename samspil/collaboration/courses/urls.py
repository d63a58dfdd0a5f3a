"""The addresses of courses: referrals, the team, what happened. The page of a course is the workplace's."""

from django.urls import URLPattern, path

from samspil.collaboration.courses import queries, views
from samspil.collaboration.courses.actions import consents
from samspil.collaboration.courses.views import beginning, caseload, inbox, linking, referral, upgrading
from samspil.collaboration.sharing.urls import pages

app_name = "courses"

_HERE = "courses/<uuid:space>/"
_team: list[URLPattern] = [
    path(f"{_HERE}team/", views.team, name="team"),
    path(f"{_HERE}team/new/", views.name_part, name="name_part"),
    path(f"{_HERE}team/<uuid:part>/end/", views.end_part, name="end_part"),
    path(f"{_HERE}version/", upgrading.upgrade, name="upgrade"),
    path(f"{_HERE}version/undo/", upgrading.undo_upgrade, name="undo_upgrade"),
    path("courses/version/", upgrading.upgrades, name="upgrades"),
    path(f"{_HERE}accept/", views.accept, name="accept"),
    path(f"{_HERE}handover/new/", views.hand_over, name="hand_over"),
    path(f"{_HERE}handover/<uuid:handover>/", views.handover, name="handover"),
    path(f"{_HERE}handover/<uuid:handover>/accept/", views.accept_handover, name="accept_handover"),
    path(f"{_HERE}handover/<uuid:handover>/decline/", views.decline_handover, name="decline_handover"),
    path(f"{_HERE}handover/<uuid:handover>/withdraw/", views.withdraw_handover, name="withdraw_handover"),
]
_facts: list[URLPattern] = [
    path(f"{_HERE}contact/", views.contact, name="contact"),
    path(f"{_HERE}session/", views.session, name="session"),
    path(f"{_HERE}facts/new/", views.note_fact, name="note_fact"),
    path(f"{_HERE}facts/<uuid:fact>/correct/", views.correct_fact, name="correct_fact"),
    path(f"{_HERE}facts/<uuid:fact>/withdraw/", views.withdraw_fact, name="withdraw_fact"),
    path(f"{_HERE}lead-on/", linking.lead_on, name="lead_on"),
    path(f"{_HERE}lead-on/start/", linking.start_other, name="start_other"),
    path(f"{_HERE}target-group/", views.eligibility, name="eligibility"),
    path(f"{_HERE}excuse/", views.excuse, name="excuse"),
    path(f"{_HERE}consent/", views.consent, name="consent"),
]
_referrals: list[URLPattern] = [
    path("referrals/", referral.referrals, name="referrals"),
    path("referrals/new/<uuid:subject>/", referral.refer, name="refer"),
    path("referrals/<uuid:space>/", referral.referral, name="referral"),
    path("referrals/<uuid:space>/people/", referral.people, name="referral_people"),
    path("referrals/<uuid:space>/people/<uuid:subject>/", referral.add_person, name="referral_add_person"),
    path("referrals/<uuid:space>/wishes/", referral.wishes, name="referral_wishes"),
    path("referrals/<uuid:space>/target/", referral.target, name="referral_target"),
    path("referrals/<uuid:space>/consents/", referral.consents, name="referral_consents"),
    path("referrals/<uuid:space>/sharing/", referral.sharing_page, name="referral_sharing"),
    path("referrals/<uuid:space>/contact/", referral.contact, name="referral_contact"),
    path("referrals/<uuid:space>/send/", referral.send, name="referral_send"),
    path("referrals/<uuid:space>/amend/", referral.amend, name="referral_amend"),
    path("referrals/<uuid:space>/withdraw/", referral.withdraw, name="referral_withdraw"),
    path("referrals/<uuid:space>/accept/", inbox.accept, name="referral_accept"),
    path("referrals/<uuid:space>/ask/", inbox.ask, name="referral_ask"),
    path("referrals/<uuid:space>/decline/", inbox.decline, name="referral_decline"),
    path("inbox/", inbox.inbox, name="inbox"),
]
_caseload: list[URLPattern] = [
    path("caseload/", caseload.caseload, name="caseload"),
    path("caseload/unit/", caseload.unit_caseload, name="unit_caseload"),
    path("caseload/unit/ceiling/", caseload.ceiling, name="ceiling"),
]
_beginning: list[URLPattern] = [
    path("courses/new/<uuid:subject>/", beginning.begin, name="begin"),
    path("courses/new/<uuid:subject>/<uuid:version>/", beginning.begin_course, name="begin_course"),
]
urlpatterns: list[URLPattern] = [*_beginning, *_caseload, *_team, *_facts, *_referrals]

sharing_pages = pages(consents, queries.names_in)
"""The pages of sharing, where an answer in a course is a fact of it, too (docs/decisions/0023)."""

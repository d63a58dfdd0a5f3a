"""The addresses of courses: referrals, the team, what happened. The page of a course is the workplace's."""

from django.urls import URLPattern, path

from samspil.collaboration.courses.views import inbox, referral

app_name = "courses"
urlpatterns: list[URLPattern] = [
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

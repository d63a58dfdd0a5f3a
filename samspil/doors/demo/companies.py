"""The invented colleagues around the other models: one log-in for each role that a model names."""

from dataclasses import dataclass

from samspil.doors.demo.colleagues import MUNICIPALITY, REGION, Colleague, Place
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.organisations.models import Unit

_KIND = Unit.Kind
CASEWORKER, LEADER, CLINICIAN = RoleKey.CASEWORKER, RoleKey.LEADER, RoleKey.CLINICIAN
TEACHER, PROVIDER = RoleKey.SCHOOL_CONTACT, RoleKey.PROVIDER_WORKER

HEALTH_VISITORS = Place(MUNICIPALITY, "Sundhedsplejen", _KIND.OTHER)
LITTLE_SCHOOL = Place(MUNICIPALITY, "Biersted Skole", _KIND.SCHOOL)
DISTRICT = Place(REGION, "Distriktspsykiatri Nord", _KIND.OUTPATIENT)
TREATMENT = Place(MUNICIPALITY, "Familiebehandlingen", _KIND.CHILD_AND_FAMILY)
SUPERVISION = Place(MUNICIPALITY, "Supervision Nord", _KIND.OTHER)
YOUNG = Place(MUNICIPALITY, "Ungeindsatsen", _KIND.OTHER)
ADULTS = Place(MUNICIPALITY, "Voksen og Handicap", _KIND.OTHER)
YOUNG_PSYCHIATRY = Place(REGION, "Ungdomspsykiatrien", _KIND.OUTPATIENT)
PARTNERS = Place(MUNICIPALITY, "Steder omkring de unge", _KIND.OTHER)
DISABILITY = Place(MUNICIPALITY, "Børnehandicap", _KIND.CHILD_AND_FAMILY)
CLOSE_BY = Place(MUNICIPALITY, "Handicap og Familie", _KIND.CHILD_AND_FAMILY)
RELIEF = Place(MUNICIPALITY, "Aflastningsstedet Lærken", _KIND.OTHER)


def _one(
    login: str, name: str, title: str, place: Place, role: RoleKey = CASEWORKER, phone: str = ""
) -> Colleague:
    return Colleague(login, name, title, ((place, role),), "", phone)


@dataclass(frozen=True, slots=True)
class Company:
    """Who works by a model: a colleague for each of its professional roles."""

    key: str
    version: str
    cast: dict[str, Colleague]
    to_try: str

    @property
    def first(self) -> Colleague:
        """The one to begin with: who coordinates."""
        return next(iter(self.cast.values()))


BTI = Company(
    "bti",
    "2012-adapted-2024",
    {
        "relay_holder": _one(
            "bente.kjaer", "Bente Kjær", "Trivselsvejleder", LITTLE_SCHOOL, phone="12 34 57 01"
        ),
        "observer": _one("maja.lind", "Maja Lind", "Sundhedsplejerske", HEALTH_VISITORS, phone="12 34 57 02"),
        "service": _one("per.ravn", "Per Ravn", "Psykolog i PPR", HEALTH_VISITORS, phone="12 34 57 03"),
        "adult_service": _one("eva.storm", "Eva Storm", "Sygeplejerske", DISTRICT, CLINICIAN, "12 34 57 04"),
        "leader": _one("ulla.skov", "Ulla Skov", "Skoleleder", LITTLE_SCHOOL, LEADER, "12 34 57 05"),
        "superuser": _one("kim.holst", "Kim Holst", "BTI-nøgleperson", HEALTH_VISITORS, phone="12 34 57 06"),
    },
    "Har stafetten for familien Thorup, niveau 2.",
)
STYRKET = Company(
    "styrket-familiebehandling",
    "2023",
    {
        "family_worker_1": _one("rune.falk", "Rune Falk", "Familiebehandler", TREATMENT, phone="12 34 57 11"),
        "family_worker_2": _one(
            "sanne.dahl", "Sanne Dahl", "Familiebehandler", TREATMENT, phone="12 34 57 12"
        ),
        "treatment_team": _one(
            "ole.brandt", "Ole Brandt", "Familiebehandler", TREATMENT, phone="12 34 57 13"
        ),
        "adviser": _one("gitte.bech", "Gitte Bech", "Myndighedsrådgiver", TREATMENT, phone="12 34 57 14"),
        "universal_contact": _one("nina.hald", "Nina Hald", "Pædagog", LITTLE_SCHOOL, TEACHER, "12 34 57 15"),
        "supervisor": _one("erik.voss", "Erik Voss", "Supervisor", SUPERVISION, PROVIDER, "12 34 57 16"),
        "leader": _one("dorte.lykke", "Dorte Lykke", "Teamleder", TREATMENT, LEADER, "12 34 57 17"),
    },
    "Behandler familien Vestergård derhjemme.",
)
UNGE = Company(
    "unge-overgang",
    "2015",
    {
        "guide": _one("malene.toft", "Malene Toft", "Guide", YOUNG, phone="12 34 57 21"),
        "team": _one("jan.munk", "Jan Munk", "Teamkoordinator", YOUNG, phone="12 34 57 22"),
        "caseworker_child": _one("ida.fisker", "Ida Fisker", "Rådgiver, unge", YOUNG, phone="12 34 57 23"),
        "caseworker_adult": _one("bo.lassen", "Bo Lassen", "Rådgiver, voksne", ADULTS, phone="12 34 57 24"),
        "employment_consultant": _one("pia.gram", "Pia Gram", "Jobkonsulent", YOUNG, phone="12 34 57 25"),
        "rehabilitation_team": _one("leif.bang", "Leif Bang", "Sagsbehandler", ADULTS, phone="12 34 57 26"),
        "child_psychiatry": _one(
            "sara.winge", "Sara Winge", "Psykolog", YOUNG_PSYCHIATRY, CLINICIAN, "12 34 57 27"
        ),
        "adult_psychiatry": _one(
            "tom.rask", "Tom Rask", "Overlæge", YOUNG_PSYCHIATRY, CLINICIAN, "12 34 57 28"
        ),
        "contact_person": _one("line.borg", "Line Borg", "Kontaktperson", YOUNG, phone="12 34 57 29"),
        "substance_consultant": _one(
            "hans.kruse", "Hans Kruse", "Rusmiddelkonsulent", YOUNG, phone="12 34 57 30"
        ),
        "treatment_institution": _one(
            "vibe.sand", "Vibe Sand", "Behandler", PARTNERS, PROVIDER, "12 34 57 31"
        ),
        "placement_place": _one("kaj.lund", "Kaj Lund", "Pædagog", PARTNERS, PROVIDER, "12 34 57 32"),
        "youth_guidance": _one("mie.aaen", "Mie Aaen", "Ungevejleder", YOUNG, phone="12 34 57 33"),
        "educational_institution": _one(
            "finn.eg", "Finn Eg", "Studievejleder", PARTNERS, PROVIDER, "12 34 57 34"
        ),
        "leader": _one("lis.holm", "Lis Holm", "Leder", YOUNG, LEADER, "12 34 57 35"),
    },
    "Guide for Sofus, der er 17½.",
)
ENTRANCE = Company(
    "en-familie-en-indgang",
    "2022-beslutningskompetence",
    {
        "family_coordinator": _one(
            "anja.krag", "Anja Krag", "Familiekoordinator", DISABILITY, phone="12 34 57 41"
        ),
        "core_team": _one("niels.vad", "Niels Vad", "Rådgiver", DISABILITY, phone="12 34 57 42"),
        "decision_maker": _one("ruth.elm", "Ruth Elm", "Faglig leder", DISABILITY, phone="12 34 57 43"),
        "external": _one("oda.klit", "Oda Klit", "Pædagog", RELIEF, PROVIDER, "12 34 57 44"),
        "leader": _one("svend.aa", "Svend Aa", "Leder", DISABILITY, LEADER, "12 34 57 45"),
        "finance_partner": _one(
            "lotte.mose", "Lotte Mose", "Økonomipartner", DISABILITY, phone="12 34 57 46"
        ),
    },
    "Familien Berg har kun én indgang: Anja.",
)
TOGETHER = Company(
    "sammen-om-familien",
    "2021",
    {
        "adviser": _one("stine.hauge", "Stine Hauge", "Rådgiver", CLOSE_BY, phone="12 34 57 51"),
        "sparring_team": _one(
            "tage.friis", "Tage Friis", "Faglig koordinator", CLOSE_BY, phone="12 34 57 52"
        ),
        "partner": _one("yrsa.lang", "Yrsa Lang", "Ergoterapeut", CLOSE_BY, phone="12 34 57 53"),
        "external": _one("alf.gren", "Alf Gren", "Pædagog", RELIEF, PROVIDER, "12 34 57 54"),
        "leader": _one("tove.ring", "Tove Ring", "Leder", CLOSE_BY, LEADER, "12 34 57 55"),
    },
    "Følger familien Krogh hver sjette uge. Har afsluttet familien Beck.",
)
COMPANIES = (BTI, STYRKET, UNGE, ENTRANCE, TOGETHER)
PLACES = tuple(
    {one.posts[0][0].id: one.posts[0][0] for company in COMPANIES for one in company.cast.values()}.values()
)
COLLEAGUES = tuple(one for company in COMPANIES for one in company.cast.values())
LEADERS = (STYRKET.cast["leader"],)
"""Who leads the place of the first post."""

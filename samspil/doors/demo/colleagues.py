"""The invented units and the people who work in them: data, and what each is good for trying out."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.organisations.actions import authority_id
from samspil.foundation.organisations.models import Authority, Unit

PASSWORD = "samspil-demo"  # noqa: S105  printed at every start; demo accounts do not exist in production
MUNICIPALITY = authority_id(Authority.Kind.MUNICIPALITY, "0849")
REGION = authority_id(Authority.Kind.REGION, "Region Nordjylland")
NEIGHBOUR = authority_id(Authority.Kind.MUNICIPALITY, "0851")
AGENCY = authority_id(Authority.Kind.AGENCY, "Social- og Boligstyrelsen")


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of an authority; each is a sharing unit."""

    authority: UUID
    name: str
    kind: Unit.Kind

    @property
    def id(self) -> UUID:
        return uuid5(self.authority, f"demo:unit:{self.name}")


@dataclass(frozen=True, slots=True)
class Colleague:
    """An invented professional: log-in, posts, and what a newcomer can try as this one."""

    login: str
    name: str
    title: str
    posts: tuple[tuple[Place, RoleKey], ...]
    to_try: str
    phone: str = ""

    @property
    def authority(self) -> UUID:
        return self.posts[0][0].authority

    @property
    def id(self) -> UUID:
        return uuid5(self.authority, f"demo:staff:{self.login}")

    def post_id(self, place: Place) -> UUID:
        return uuid5(self.id, f"demo:post:{place.name}")


CHILDREN = Place(MUNICIPALITY, "Børn og Familie", Unit.Kind.CHILD_AND_FAMILY)
YOUTH = Place(MUNICIPALITY, "Ungeenheden", Unit.Kind.OTHER)
SCHOOL = Place(MUNICIPALITY, "Aabybro Skole", Unit.Kind.SCHOOL)
JOBCENTRE = Place(MUNICIPALITY, "Jobcenter Jammerbugt", Unit.Kind.JOBCENTRE)
SUBSTANCE = Place(MUNICIPALITY, "Rusmiddelcenter Jammerbugt", Unit.Kind.SUBSTANCE_TREATMENT)
PRIVACY = Place(MUNICIPALITY, "Databeskyttelse", Unit.Kind.PRIVACY)
OFFICE = Place(MUNICIPALITY, "Digitalisering", Unit.Kind.OFFICE)
VIA_TEAM = Place(REGION, "VIA-teamet", Unit.Kind.OUTPATIENT)
ELSEWHERE = Place(NEIGHBOUR, "Familiegruppe Vest", Unit.Kind.CHILD_AND_FAMILY)
MODELS = Place(AGENCY, "Modeller og udbredelse", Unit.Kind.OFFICE)

PLACES = (CHILDREN, YOUTH, SCHOOL, JOBCENTRE, SUBSTANCE, PRIVACY, OFFICE, VIA_TEAM, ELSEWHERE, MODELS)

SIGNE = Colleague(
    "signe.holm",
    "Signe Holm",
    "Familierådgiver",
    ((CHILDREN, RoleKey.CASEWORKER),),
    "Åbn familien Lund. Søg efter »Lejla Yilmas«.",
    "12 34 56 70",
)
KARIM = Colleague(
    "karim.saleh",
    "Karim Saleh",
    "Psykolog",
    ((VIA_TEAM, RoleKey.CLINICIAN),),
    "Regionen: har henvist familien Møller.",
    "12 34 56 90",
)
TINA = Colleague(
    "tina.juhl",
    "Tina Juhl",
    "Familierådgiver",
    ((CHILDREN, RoleKey.CASEWORKER), (YOUTH, RoleKey.CASEWORKER)),
    "Børn og Familie: sig ja til familien Yilmaz.",
    "12 34 56 71",
)
ANDERS = Colleague(
    "anders.bach",
    "Anders Bach",
    "Ungevejleder",
    ((YOUTH, RoleKey.CASEWORKER),),
    "Ser kun det, Noah har sagt ja til.",
    "12 34 56 80",
)
LONE = Colleague(
    "lone.kjaer",
    "Lone Kjær",
    "Klasselærer",
    ((SCHOOL, RoleKey.SCHOOL_CONTACT),),
    "Ser hverdag og skole, ikke helbred.",
    "12 34 56 81",
)
RIKKE = Colleague(
    "rikke.thomsen",
    "Rikke Thomsen",
    "Jobrådgiver",
    ((JOBCENTRE, RoleKey.JOBCENTRE_WORKER),),
    "Det gælder også jobcentret.",
    "12 34 56 82",
)
MONA = Colleague(
    "mona.friis",
    "Mona Friis",
    "Rusmiddelbehandler",
    ((SUBSTANCE, RoleKey.SUBSTANCE_WORKER),),
    "Og rusmiddelcentret.",
    "12 34 56 83",
)
HANNE = Colleague(
    "hanne.krogh",
    "Hanne Krogh",
    "Afdelingsleder",
    ((CHILDREN, RoleKey.LEADER),),
    "Leder af Børn og Familie.",
    "12 34 56 72",
)
POUL = Colleague(
    "poul.winther",
    "Poul Winther",
    "Administrator",
    ((OFFICE, RoleKey.ADMINISTRATOR),),
    "Opret enheder og medarbejdere. Ser ingen borger.",
)
BIRGIT = Colleague(
    "birgit.lauridsen",
    "Birgit Lauridsen",
    "Databeskyttelsesrådgiver",
    ((PRIVACY, RoleKey.PRIVACY_OFFICER),),
    "Se, hvem der har set hvad. Ser ingen journal.",
)
JONAS = Colleague(
    "jonas.vestergaard",
    "Jonas Vestergaard",
    "Familierådgiver",
    ((ELSEWHERE, RoleKey.CASEWORKER),),
    "Fremmed: åbn en adresse, du kopierer fra Signe.",
)
AGNETE = Colleague(
    "agnete.skov",
    "Agnete Skov",
    "Implementeringskonsulent",
    ((MODELS, RoleKey.IMPLEMENTATION_ADVISER),),
    "Modellernes ejer: prøv og udgiv kladder.",
)

COLLEAGUES = (SIGNE, KARIM, TINA, ANDERS, LONE, RIKKE, MONA, HANNE, POUL, BIRGIT, JONAS, AGNETE)
LEADERS = ((HANNE, CHILDREN, POUL),)
"""Who leads which place, and the administrator who says so."""

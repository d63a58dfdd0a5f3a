"""Six invented families, each with a story. Ages are counted back from the day a story is written down."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from samspil.collaboration.families.models import PlaceKind, TieKind, TieSource
from samspil.doors.demo.colleagues import KARIM, SIGNE, Colleague


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented: the age today, and where one reaches them."""

    name: str
    years: int = 0
    months: int = 0
    is_unborn: bool = False
    is_protected: bool = False
    address: str = ""
    phone: str = ""
    school: str = ""

    def born(self, today: date) -> date | None:
        """A few days more than the age, so that nobody has a birthday on the day of the demo."""
        if self.is_unborn:
            return None
        months = today.year * 12 + today.month - 1 - self.years * 12 - self.months
        return date(months // 12, months % 12 + 1, min(today.day, 28)) - timedelta(days=3)

    @property
    def places(self) -> list[tuple[PlaceKind, str]]:
        known = (
            (PlaceKind.ADDRESS, self.address),
            (PlaceKind.PHONE, self.phone),
            (PlaceKind.SCHOOL, self.school),
        )
        return [(kind, text) for kind, text in known if text]


@dataclass(frozen=True, slots=True)
class Bond:
    """`person` is `kind` of `to`, by their names; `ended` so many months ago where it did."""

    person: str
    kind: TieKind
    to: str
    source: TieSource = TieSource.REGISTER
    ended: int = 0
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """A family, and the colleagues whose units each keep a record of their own about it."""

    key: str
    title: str
    about: str
    kept_by: tuple[Colleague, ...]
    people: tuple[Person, ...]
    bonds: tuple[Bond, ...]

    @property
    def first(self) -> str:
        """The person by whom one sees that the story is written already."""
        return self.people[0].name


def parents(names: tuple[str, ...], *children: str, custody: bool = True) -> tuple[Bond, ...]:
    """Each is a parent of each, and has custody where nothing else is said."""
    pairs = [(parent, child) for parent in names for child in children]
    ties = [Bond(parent, TieKind.PARENT, child) for parent, child in pairs]
    return (*ties, *(Bond(parent, TieKind.CUSTODY, child) for parent, child in pairs if custody))


def home(host: str, *others: str) -> tuple[Bond, ...]:
    """All of them live with the first."""
    return tuple(Bond(other, TieKind.LIVES_WITH, host) for other in others)


def siblings(*names: str) -> tuple[Bond, ...]:
    """Each is a sibling of each."""
    return tuple(
        Bond(one, TieKind.SIBLING, other) for place, one in enumerate(names) for other in names[place + 1 :]
    )


def said(bond: Bond) -> Bond:
    """The same tie by the family's own word."""
    return replace(bond, source=TieSource.FAMILY)


LUND = Story(
    "lund",
    "Familien Lund",
    "Far har en psykisk sygdom. Noah er 16½, Alma er 9. Kommune og region om én familie.",
    (SIGNE, KARIM),
    (
        Person("Alma Lund", 9, school="Aabybro Skole, 3. klasse", address="Kastanievej 12, 9440 Aabybro"),
        Person("Noah Lund", 16, 6, address="Kastanievej 12, 9440 Aabybro", school="HF, Brønderslev"),
        Person("Mette Lund", 39, address="Kastanievej 12, 9440 Aabybro", phone="12 34 56 71"),
        Person("Jens Lund", 41, address="Kastanievej 12, 9440 Aabybro", phone="12 34 56 72"),
        Person("Inge Lund", 68, phone="12 34 56 73"),
    ),
    (
        *parents(("Mette Lund", "Jens Lund"), "Noah Lund", "Alma Lund"),
        *siblings("Noah Lund", "Alma Lund"),
        *home("Mette Lund", "Jens Lund", "Noah Lund", "Alma Lund"),
        Bond("Mette Lund", TieKind.PARTNER, "Jens Lund"),
        Bond("Inge Lund", TieKind.PARENT, "Jens Lund"),
        said(Bond("Inge Lund", TieKind.NETWORK, "Alma Lund")),
    ),
)

YILMAZ = Story(
    "yilmaz",
    "Familien Yilmaz",
    "To hjem: Elif bor hos mor, Emre hos far. Begge forældre har del i forældremyndigheden.",
    (SIGNE,),
    (
        Person("Elif Yilmaz", 7, school="Aabybro Skole, 1. klasse", address="Havnegade 3, 9460 Brovst"),
        Person("Emre Yilmaz", 12, 4, address="Strandvejen 40, 9492 Blokhus"),
        Person("Leyla Yilmaz", 37, address="Havnegade 3, 9460 Brovst", phone="12 34 56 74"),
        Person("Murat Yilmaz", 40, address="Strandvejen 40, 9492 Blokhus", phone="12 34 56 75"),
        Person("Sofie Kvist", 36, address="Strandvejen 40, 9492 Blokhus"),
    ),
    (
        *parents(("Leyla Yilmaz", "Murat Yilmaz"), "Elif Yilmaz", "Emre Yilmaz"),
        *siblings("Elif Yilmaz", "Emre Yilmaz"),
        *home("Leyla Yilmaz", "Elif Yilmaz"),
        *home("Murat Yilmaz", "Emre Yilmaz", "Sofie Kvist"),
        Bond("Leyla Yilmaz", TieKind.EX_PARTNER, "Murat Yilmaz"),
        Bond("Murat Yilmaz", TieKind.PARTNER, "Sofie Kvist"),
        said(Bond("Sofie Kvist", TieKind.STEP_PARENT, "Emre Yilmaz")),
    ),
)

OERSTED = Story(
    "oersted",
    "Familien Ørsted",
    "Freja fylder snart 18. Så bestemmer hun selv, og forældremyndigheden holder op.",
    (SIGNE,),
    (
        Person("Freja Ørsted", 17, 10, address="Søndergade 8, 9690 Fjerritslev", phone="12 34 56 76"),
        Person("Dorthe Ørsted", 47, address="Søndergade 8, 9690 Fjerritslev", phone="12 34 56 77"),
        Person("Bo Ørsted", 50),
    ),
    (
        *parents(("Dorthe Ørsted", "Bo Ørsted"), "Freja Ørsted"),
        *home("Dorthe Ørsted", "Freja Ørsted"),
        Bond("Dorthe Ørsted", TieKind.EX_PARTNER, "Bo Ørsted"),
    ),
)

MOELLER = Story(
    "moeller",
    "Familien Møller",
    "Camilla venter et barn. Barnet har en journal, før det har et navn.",
    (SIGNE, KARIM),
    (
        Person("Camilla Møller", 24, address="Vestergade 21, 9440 Aabybro", phone="12 34 56 78"),
        Person("Ufødt, Camilla Møllers barn", is_unborn=True),
        Person("Silas Møller", 3, 2, address="Vestergade 21, 9440 Aabybro"),
        Person("Rasmus Bødker", 27, address="Vestergade 21, 9440 Aabybro"),
    ),
    (
        *parents(("Camilla Møller", "Rasmus Bødker"), "Silas Møller"),
        *parents(("Camilla Møller", "Rasmus Bødker"), "Ufødt, Camilla Møllers barn", custody=False),
        *home("Camilla Møller", "Silas Møller", "Rasmus Bødker"),
        Bond("Camilla Møller", TieKind.PARTNER, "Rasmus Bødker"),
    ),
)

NYGAARD = Story(
    "nygaard",
    "Familien Nygaard",
    "Navn og adresse er beskyttet. Der er tvivl om forældremyndigheden.",
    (SIGNE,),
    (
        Person(
            "Pia Nygaard",
            34,
            is_protected=True,
            address="Hemmelig adresse 1, 9999 Ingensteds",
            phone="12 34 56 79",
        ),
        Person("Emma Nygaard", 8, is_protected=True, address="Hemmelig adresse 1, 9999 Ingensteds"),
        Person("Viktor Nygaard", 5, 7, is_protected=True, address="Hemmelig adresse 1, 9999 Ingensteds"),
        Person("Henrik Dahl", 38, address="Møllebakken 5, 9460 Brovst"),
    ),
    (
        *parents(("Pia Nygaard",), "Emma Nygaard", "Viktor Nygaard"),
        *parents(("Henrik Dahl",), "Emma Nygaard", "Viktor Nygaard", custody=False),
        Bond(
            "Henrik Dahl",
            TieKind.CUSTODY,
            "Emma Nygaard",
            doubt="Familieretshuset har en sag om forældremyndigheden.",
        ),
        *siblings("Emma Nygaard", "Viktor Nygaard"),
        *home("Pia Nygaard", "Emma Nygaard", "Viktor Nygaard"),
        Bond("Pia Nygaard", TieKind.EX_PARTNER, "Henrik Dahl"),
    ),
)

DAM = Story(
    "dam",
    "Familien Dam",
    "To søskende, to steder: Emil bor i plejefamilie, Ida hos mormor. De vil gerne ses mere.",
    (SIGNE,),
    (
        Person("Emil Dam", 10, 3, school="Aabybro Skole, 4. klasse", address="Holstvej 2, 9440 Aabybro"),
        Person("Ida Dam", 6, 8, address="Bakkedraget 17, 9690 Fjerritslev"),
        Person("Charlotte Dam", 31, phone="12 34 56 80"),
        Person("Kirsten Dam", 58, address="Bakkedraget 17, 9690 Fjerritslev"),
        Person("Aksel Holst", 52, address="Holstvej 2, 9440 Aabybro"),
        Person("Gerda Holst", 51, address="Holstvej 2, 9440 Aabybro", phone="12 34 56 81"),
    ),
    (
        *parents(("Charlotte Dam",), "Emil Dam", "Ida Dam"),
        *siblings("Emil Dam", "Ida Dam"),
        Bond("Kirsten Dam", TieKind.PARENT, "Charlotte Dam"),
        Bond("Kirsten Dam", TieKind.GRANDPARENT, "Ida Dam"),
        Bond("Aksel Holst", TieKind.FOSTER_PARENT, "Emil Dam", TieSource.DECISION),
        Bond("Gerda Holst", TieKind.FOSTER_PARENT, "Emil Dam", TieSource.DECISION),
        Bond("Emil Dam", TieKind.LIVES_WITH, "Charlotte Dam", ended=14),
        *home("Gerda Holst", "Aksel Holst", "Emil Dam"),
        *home("Kirsten Dam", "Ida Dam"),
    ),
)

STORIES = (LUND, YILMAZ, OERSTED, MOELLER, NYGAARD, DAM)

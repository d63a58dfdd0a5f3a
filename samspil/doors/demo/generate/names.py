"""Invented names: everyday first names, and family and place names put together so that nobody bears them."""

from itertools import product
from random import Random

GIRLS = (
    "Agnes Alba Alma Andrea Anna Asta Astrid Aya Bodil Camilla Cecilie Clara Dagmar Ditte Edith Ella Ellen "
    "Elin Emma Ester Eva Fatima Filippa Freja Frida Gro Gudrun Hannah Helle Ida Inger Ingrid Iman Isabella "
    "Jasmin Johanne Josefine Julie Karla Katrine Kirsten Laura Leila Lærke Liv Lone Luna Maja Malene Maren "
    "Marie Mathilde Merle Mette Mia Naja Nanna Nora Olivia Ragnhild Rikke Rosa Sanne Sara Selma Signe Sofie "
    "Solveig Stine Sylvia Sørine Thea Tilde Tove Ulla Vibeke Vigga Yasmin Åse"
).split()
BOYS = (
    "Adam Ahmad Aksel Albert Alfred Ali Anders Anton Arne Arthur Asger August Birk Bjørn Bo Carl Christian "
    "Elias Emil Erik Esben Felix Frederik Frode Georg Gustav Hans Harald Henrik Holger Hugo Ibrahim Ivan "
    "Jakob Jeppe Johan Jonas Jørgen Kaj Karim Kasper Kjeld Knud Lars Lasse Laurits Liam Louis Lucas Mads "
    "Magnus Malik Malthe Martin Mikkel Mohammad Morten Nikolaj Noah Oliver Omar Oscar Otto Per Peter Rasmus "
    "Samir Sander Sebastian Silas Simon Storm Søren Theo Thorvald Troels Uffe Valdemar Viggo Villads Yusuf "
    "Åge"
).split()
_BEGINNINGS = (
    "Abild Ager Alme Asp Birke Bjerge Brede Dyre Egne Elle Enge Falke Fjelde Fyrre Græs Gyve Hassel Have "
    "Hede Hinde Humle Hyben Høge Ibsker Jorde Kilde Kløver Krage Lærke Lyng Løve Mose Måge Natte Nælde Odde "
    "Pile Ravne Rosen Rønne Sande Silke Sivers Skade Skovby Slåen Sole Stære Svane Tjørne Torne Ulve Vange "
    "Vibe Vinter Æble Ørne Åker"
).split()
_ENDINGS = (
    "bak berg blad borg dal eng fald fang gren green holt høj kast klev krog kvist leth lind mark mose nor "
    "rup sang skær stad sti stjerne strand sund toft tved vang vig vind"
).split()
FAMILIES = tuple(one + other for one, other in product(_BEGINNINGS, _ENDINGS))
PLACES = tuple(
    one + other
    for one, other in product(
        "Aarin Bavne Drej Eske Fjord Gamst Hvids Kolds Lunds Mols Nørs Ravns Skovs Tranes Vests".split(),
        "bæk by holm inge lev rød sted slev strup tofte".split(),
    )
)
"""Names of municipalities that are not on any map, for pictures that strangers see."""
STREETS = (
    "Birkestien Engvej Fuglsangsvej Havnegade Kastanievej Lærkevej Møllebakken Skolegade Søndergade".split()
)


def first_name(chance: Random) -> str:
    """Somebody's first name."""
    return chance.choice(GIRLS if chance.random() < 0.5 else BOYS)


def full_name(chance: Random) -> str:
    """Somebody's whole name."""
    return f"{first_name(chance)} {chance.choice(FAMILIES)}"

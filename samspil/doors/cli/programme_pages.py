"""The pages of docs/reference about facts and definitions."""

from collections import Counter
from collections.abc import Iterable

from samspil.collaboration.programmes import loading, vocabulary
from samspil.collaboration.programmes.language import Anchor, Evidence, Mark, Programme, Step
from samspil.collaboration.programmes.language.programme import Each, Measure
from samspil.collaboration.programmes.language.when import Span, WorkingDays

Row = list[str]


def table(head: Row, rows: Iterable[Row]) -> list[str]:
    """A table in Markdown."""
    return [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]


# --- facts -------------------------------------------------------------------------------------------


def facts_page() -> str:
    """Every kind of fact in the order of a day, with its attributes."""
    kinds = sorted(vocabulary.KINDS.values(), key=lambda kind: (kind.rank, kind.name))
    rows = [
        [f"`{kind.name}`", kind.en, kind.da, kind.category_name.lower(), str(kind.rank),
         "an instant" if kind.is_instant else "a day", _attributes(kind)]
        for kind in kinds
    ]  # fmt: skip
    lines = [
        "# Facts", "",
        f"What can be noted about a course: {len(kinds)} kinds. `rank` orders the facts of one day.",
        "An attribute with ⏱ is a clock's: it reaches the engine through the wall, the others do not.",
        "", *table(["kind", "in English", "in Danish", "category", "rank", "happens at", "attributes"], rows),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _attributes(kind: vocabulary.Kind) -> str:
    return "<br>".join(
        f"`{name}` {attribute.type.value}{' ⏱' if attribute.clock else ''}"
        + (f": {', '.join(attribute.options)}" if attribute.options else "")
        for name, attribute in kind.attributes.items()
    )


# --- definitions -------------------------------------------------------------------------------------


def definitions_page() -> str:
    """Every programme that loads: figures, where its parts are from, and its steps."""
    programmes = loading.library().programmes
    lines = ["# Programmes", "", *table(
        ["programme", "version", "phases", "steps", "measures", "core elements", "adaptable",
         "fidelity criteria", *(mark.value for mark in Mark)],
        [_figures(programme) for programme in programmes],
    ), "", "The last columns count elements by where they are from: the weakest source counts."]  # fmt: skip
    for programme in programmes:
        lines += ["", *_programme(programme)]
    return "\n".join(lines) + "\n"


def _figures(programme: Programme) -> Row:
    marks = Counter(programme.marks)
    parts = (programme.phases, programme.steps, programme.measures, programme.core_elements,
             programme.adaptable, programme.fidelity)  # fmt: skip
    return [
        programme.title.en,
        f"`{programme.version}`",
        *(str(len(part)) for part in parts),
        *(str(marks[mark]) for mark in Mark),
    ]


def _programme(programme: Programme) -> list[str]:
    lines = [f"## {programme.title.en} `{programme.version}`", ""]
    if programme.draft_notice:
        lines += [f"*{programme.draft_notice.en}.*", ""]
    for phase in programme.phases:
        lines += [f"### {phase.title.en}", ""]
        lines += table(
            ["step", "responsible", "for each", "due", "repeats", "seen by", "core element", "from"],
            [_step(step) for step in phase.steps],
        )
        lines.append("")
    for condition in programme.conditions:
        held = " and ".join(f"`{one.fact}`{_where(one.where)}" for one in condition.holds_back)
        lines += [f"{condition.text.en} (holds back {held})", ""]
    if programme.measures:
        lines += ["### Measures", ""]
        lines += table(
            ["instrument", "informant", "responsible", "rounds", "purpose", "from"],
            [_measure(measure) for measure in programme.measures],
        )
    return lines


def _step(step: Step) -> Row:
    return [
        f"`{step.key}`<br>{step.title.en}",
        step.responsible,
        ", ".join(one.role + _start_age(one) for one in step.each),
        _due(step),
        _every(step),
        _evidence(step.evidence),
        step.core_element or "",
        step.mark.value + (f", clock `{step.clock}`" if step.clock else ""),
    ]


def _start_age(each: Each) -> str:
    if each.starts_below is not None:
        return f" not yet {each.starts_below} at the start"
    return f" of {each.starts_from} or more at the start" if each.starts_from is not None else ""


def _measure(measure: Measure) -> Row:
    return [
        f"`{measure.instrument}`",
        measure.informant,
        measure.responsible,
        ", ".join(one.at for one in measure.rounds),
        measure.purpose,
        measure.provenance,
    ]


def _due(step: Step) -> str:
    rules = [f"{_span(span)} {_anchor(anchor)}" for anchor, span in step.due.anchors]
    lapses = "<br>then it lapses" if step.due.lapses else ""
    ahead = "<br>only if it lies ahead at the start" if step.due.only_ahead else ""
    return "<br>or, if earlier, ".join(rules) + lapses + ahead


def _span(span: Span | None) -> str:
    if isinstance(span, WorkingDays):
        return f"{span.working_days} working days after"
    if span in (None, "P0D"):
        return "on the day of" if span else "counted from"
    return f"{span[1:]} before" if str(span).startswith("-") else f"{span} after"


def _every(step: Step) -> str:
    if step.repeats is None:
        return ""
    every = step.repeats.every
    often = f"{every.working_days} working days" if isinstance(every, WorkingDays) else every
    return f"every {often}" + (f" until {step.repeats.until}" if step.repeats.until else "")


def _anchor(anchor: Anchor) -> str:
    if anchor.birthday is not None:
        return f"the birthday of {anchor.birthday}"
    kinds = " or ".join(f"`{kind}`" for kind in anchor.kinds)
    what = kinds
    if anchor.each:
        what = f"each {kinds}" if anchor.every == 1 else f"every {anchor.every}. {kinds}"
    elif anchor.episode:
        what = f"each episode of {kinds}"
    return f"{what}{_where(anchor.where)}{f' (its `{anchor.date}`)' if anchor.date else ''}"


def _evidence(evidence: Evidence) -> str:
    word = " and " if evidence.all else " or "
    return word.join(f"`{pattern.fact}`{_where(pattern.where)}" for pattern in evidence.patterns)


def _where(where: dict[str, str | bool | int]) -> str:
    return f" with {', '.join(f'{name} {value}' for name, value in where.items())}" if where else ""

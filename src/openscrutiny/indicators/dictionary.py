"""The data dictionary: each definition in words, with its worked examples."""

from calendar import month_name
from dataclasses import asdict
from typing import Final

from openscrutiny.indicators.definition import Example, Indicator
from openscrutiny.periods import format_date

_KEYS: Final = [
    "id",
    "code",
    "name",
    "section",
    "theme",
    "counts",
    "sentence_subject",
    "numerator",
    "denominator",
    "formula",
    "unit",
    "polarity",
    "why_polarity",
    "clock",
    "periods",
    "headline",
    "source",
    "paragraph",
    "edition",
    "author",
    "checker",
    "next_review",
    "returns",
    "missing_return",
    "table",
    "one_per_child",
    "last_of_child",
    "looks_back",
    "looks_ahead",
    "quiet_months",
    "no_comparator",
    "period_words",
    "is_share",
    "caveats",
    "not_judged",
    "kept_back",
    "short_name",
    "why_it_matters",
    "control",
    "control_basis",
    "synonyms",
    "of_no_person",
    "per_person",
    "signed",
]


def as_dict(indicator: Indicator) -> dict[str, object]:
    """Give a definition as plain values, the expression left out."""
    return {
        **{key: getattr(indicator, key) for key in _KEYS},
        "needs": [asdict(one) for one in indicator.needs],
        "theme": indicator.theme.name,
        "breakdowns": [breakdown.name for breakdown in indicator.breakdowns],
        "published": [asdict(measure) for measure in indicator.published],
        "examples": [_as_plain(example) for example in indicator.examples],
    }


def _as_plain(example: Example) -> dict[str, object]:
    """Give an example as plain values, its value only where it is no division."""
    plain = asdict(example)
    if example.value is None:
        del plain["value"]
    return plain


def in_words(indicator: Indicator) -> str:
    """Give a definition as Markdown."""
    lines = [
        f"## {indicator.code} {indicator.name}",
        "",
        f"`{indicator.id}`, {indicator.section}, {indicator.theme.name}.",
        "",
        f"- **Counts**: {indicator.numerator}",
        *([f"- **Of**: {indicator.denominator}"] if indicator.denominator else []),
        f"- **Formula**: {indicator.formula}",
        *_if_said("Why it matters", indicator.why_it_matters),
        *_if_said("Also called", ", ".join(indicator.synonyms)),
        *_if_said("The council’s control", indicator.control_words),
        f"- **Good direction**: {indicator.polarity}. {indicator.why_polarity}",
        f"- **Periods**: {', '.join(str(p) for p in indicator.periods)}",
        f"- **Fed by**: {_fed_by(indicator)}",
        *(
            f"- **Not fed by {name}**: {why}"
            for name, why in indicator.missing_return.items()
        ),
        *(f"- **Needs too**: {one.in_words}" for one in indicator.needs),
        *_quiet(indicator),
        *_told(indicator),
        f"- **Broken down by**: "
        f"{', '.join(b.name for b in indicator.breakdowns) or 'nothing'}",
        f"- **Source**: {indicator.source}. {indicator.paragraph}.",
        f"- **Compared with**: {_comparator(indicator)}",
        f"- **Edition** {indicator.edition}; written by {indicator.author}; checked "
        f"by: {indicator.checker}; next review {indicator.next_review.isoformat()}",
        *(
            [f"- **For officers alone**: {indicator.kept_back}"]
            if indicator.kept_back
            else []
        ),
        *(f"- **Note**: {caveat}" for caveat in indicator.caveats),
    ]
    for example in indicator.examples:
        lines += ["", *example_in_words(example)]
    return "\n".join(lines) + "\n"


def _if_said(what: str, words: str) -> list[str]:
    return [f"- **{what}**: {words}"] if words else []


def _fed_by(indicator: Indicator) -> str:
    """Name what feeds it, in the order of trust: rows, publishers, the council's count."""
    rows = ", ".join(indicator.returns)
    published = "published figures" if indicator.published else ""
    given = [rows or published, "the council’s own count until then" if rows else ""]
    if not rows:
        given[1] = "the council’s own count (own-figures)"
    return "; ".join(filter(None, given))


def _told(indicator: Indicator) -> list[str]:
    """Say how a period is named, what a percentage is not, and what no test crosses."""
    lines = []
    if indicator.period_words is not None:
        name = indicator.period_words[0]
        for year in (" {start}", " {end}"):
            name = name.replace(year, "")
        lines.append(f"- **Its period**: {name}")
    if not indicator.is_share:
        lines.append("- **Not a share**: what is counted is not among what it is of")
    lines += [
        f"- **Not tested across** {format_date(one.starts)}: {one.why}"
        for one in indicator.breaks
    ]
    return lines


def _quiet(indicator: Indicator) -> list[str]:
    names = [month_name[month] for month in indicator.quiet_months]
    return [f"- **Nothing is expected in**: {', '.join(names)}"] if names else []


def example_in_words(example: Example) -> list[str]:
    """Give a worked example: what is on record, and how it is counted."""
    kind, end = example.period
    of = "" if example.denominator is None else f" of {example.denominator}"
    found = example.numerator if example.value is None else example.value
    return [
        f"**Example: {example.title}.** {str(kind).replace('_', ' ')} to "
        f"{end.isoformat()}: {found}{of}. {example.working}"
    ]


def _comparator(indicator: Indicator) -> str:
    if not indicator.published:
        return indicator.no_comparator
    return "; ".join(
        f"{measure.publication}, `{measure.key}`" for measure in indicator.published
    )

"""A return in words: its tables, headings and codes, for the reference."""

from openscrutiny.layouts.layout import NOT_READ, Column, Layout
from openscrutiny.layouts.reports import Report, ReportFigure
from openscrutiny.layouts.returns import Return


def describe_return(each: Return) -> str:
    """Give a return's tables as Markdown."""
    about = f"Named `{each.name}`. It tells of {each.period}."
    tables = "\n".join(_describe_table(layout) for layout in each.layouts.values())
    return f"## {each.title}\n\n{about}\n\n{tables}"


def _describe_table(layout: Layout) -> str:
    lines = [f"### {layout.title.strip()}: {layout.words}", ""]
    if layout.told_by:
        lines += [f"Known by {_listed(layout.told_by)}.", ""]
    if layout.months:
        lines += [f"It looks back {layout.months} months.", ""]
    lines += ["| heading | written as | fills | |", "|---|---|---|---|"]
    rows = (c for c in layout.columns if not c.heading.startswith("@"))
    lines += [_describe_column(column, layout) for column in rows]
    return "\n".join([*lines, ""])


def _describe_column(column: Column, layout: Layout) -> str:
    fills = f"`{column.table or layout.table}.{column.fills}`" if column.fills else ""
    heading = " or ".join((column.heading, *column.known_as))
    needed = "needed" if column.required else _lacking(column)
    words = column.kind.words.replace("|", "\\|")
    return f"| {heading} | {words} | {fills} | {needed} |"


def _lacking(column: Column) -> str:
    may_lack = column.kind == NOT_READ or column.lacking != "refuse"
    return "may be lacking" if may_lack else ""


def _listed(headings: tuple[str, ...]) -> str:
    *first, last = headings
    return f"{', '.join(first)} and {last}" if first else last


def describe_report(report: Report) -> str:
    """Give a published report's columns as Markdown."""
    when = f"in the column {report.year}" if report.year else "in a title of the table"
    above = any("(?P<year>" in figure.heading for figure in report.figures)
    lines = [
        f"## {report.title}",
        "",
        f"{report.publication}: a table in a report's layout, known by the headings of "
        f"its figures. Its years stand {'above its columns' if above else when}."
        + (f" Not read: {report.left_out}." if report.left_out else ""),
        "",
        "| measure | what | unit | |",
        "|---|---|---|---|",
        *(_describe_figure(report, figure) for figure in report.figures),
        "",
    ]
    return "\n".join(lines)


def _describe_figure(report: Report, figure: ReportFigure) -> str:
    needed = "may be lacking" if figure.optional else "needed"
    return (
        f"| `{report.name}:{figure.key}` | {figure.title} | {figure.unit} | {needed} |"
    )

"""One export writes its dates alike: what a short column does not say, others do."""

import polars as pl

from openscrutiny.returns.day_order import Dated, put_day_first
from openscrutiny.returns.values import date_expression, is_either_way


def table(**columns: list[str | None]) -> Dated:
    return Dated(pl.DataFrame({**columns, "line": [1, 2]}), [*columns])


def read(one: Dated, column: str) -> list[str | None]:
    days = one.frame.select(date_expression(column))[column]
    return [None if day is None else day.isoformat() for day in days]


def test_a_column_that_could_be_either_is_read_as_the_others_of_its_table() -> None:
    [one] = put_day_first(
        [table(begun=["05/13/2024", "06/01/2024"], ended=["08/03/2024", None])]
    )
    assert read(one, "begun") == ["2024-05-13", "2024-06-01"]
    assert read(one, "ended") == ["2024-08-03", None]
    assert one.swapped == ["ended"]
    [problem] = one.tell("a.csv", {"ended": "DEC"})
    assert (problem.field, problem.rule) == ("DEC", "date-order")


def test_a_table_that_says_nothing_is_read_as_those_beside_it() -> None:
    short = table(missed=["09/04/2024 10:30", "1.2.2024"])
    [one] = put_day_first([short], [table(begun=["05/13/2024", None])])
    assert read(one, "missed") == ["2024-09-04", "2024-01-02"]


def test_its_own_table_tells_more_than_another() -> None:
    own = table(begun=["13/05/2024", None], ended=["03/08/2024", None])
    first, _ = put_day_first([own, table(other=["05/13/2024", "05/14/2024"])])
    assert read(first, "ended") == ["2024-08-03", None]
    assert not first.swapped


def test_day_first_stays_as_it_is_and_plain_dates_tell_nothing() -> None:
    tables = [
        table(begun=["13/05/2024", "01/06/2024"], ended=["03/08/2024", None]),
        table(begun=["2024-05-13", "20240613"], ended=["03/08/2024", None]),
    ]
    assert put_day_first(tables) == tables


def test_among_both_orders_a_date_that_could_be_two_is_none() -> None:
    [one] = put_day_first(
        [
            table(
                begun=["13/05/2024", None],
                closed=["05/14/2024", None],
                ended=["03/08/2024", "08/08/2024"],
            )
        ]
    )
    assert read(one, "ended") == [None, "2024-08-08"]
    assert one.frame.select(is_either_way("ended"))["ended"].to_list() == [True, False]


def test_a_slip_in_a_short_table_does_not_turn_it_against_all_others() -> None:
    many = Dated(pl.DataFrame({"on": ["25/08/2024"] * 800, "line": 2}), ["on"])
    short = table(
        begun=["04/13/2024", "03/08/2024"], ended=["05/09/2024", "03/08/2024"]
    )
    first, _ = put_day_first([short, many])
    assert read(first, "ended") == ["2024-09-05", "2024-08-03"]

    one_of_three = table(begun=["25/08/2024", "14/03/2024"], closed=["04/13/2024", ""])
    mixed = Dated(
        one_of_three.frame.with_columns(ended=pl.lit("05/09/2024")),
        [*one_of_three.columns, "ended"],
    )
    first, _ = put_day_first([mixed, many])
    assert read(first, "ended") == ["2024-09-05"] * 2


def test_a_table_of_another_mind_keeps_its_own_order() -> None:
    many = Dated(pl.DataFrame({"on": ["25/08/2024"] * 800, "line": 2}), ["on"])
    own = Dated(
        pl.DataFrame(
            {
                "begun": ["04/13/2024", "05/14/2024", "06/15/2024"],
                "ended": ["08/03/2024", None, None],
                "line": [2, 3, 4],
            }
        ),
        ["begun", "ended"],
    )
    first, _ = put_day_first([own, many])
    assert read(first, "ended") == ["2024-08-03", None, None]


def test_a_slip_among_many_turns_nothing() -> None:
    days = [f"{day}/05/2024" for day in range(13, 29)] * 3
    frame = pl.DataFrame({"begun": [*days, "05/13/2024"], "line": range(49)})
    short = table(ended=["03/08/2024", None])
    _, one = put_day_first([Dated(frame, ["begun"]), short])
    assert read(one, "ended") == ["2024-08-03", None]

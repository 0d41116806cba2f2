"""What was owed at the last paper opens what changed since: broken promises first."""

from datetime import date
from typing import Any

from openscrutiny.web.presenters.owed import lay_out_owed

TODAY = date(2026, 7, 14)
# As publication/promised.py says it: the verdict stands in it already.
WHY = {
    "kept": "Kept: 18% in June 2026.",
    "not kept": "Not kept: 25% in June 2026.",
    "cannot be tested": "Cannot be tested: no figure reaches that day yet.",
}


def row(number: int, **more: Any) -> dict[str, Any]:
    return {"number": number, "kind": "promise", "wording": f"Thing {number}", "owed": True,
            "judged": "", "judged_why": "", "due_day": None, **more}  # fmt: skip


def test_each_verdict_of_a_promise_is_told_and_the_broken_comes_first() -> None:
    told, more = lay_out_owed(
        [
            row(1, judged="kept", judged_why=WHY["kept"], owed=False),
            row(2, judged="cannot be tested", judged_why=WHY["cannot be tested"]),
            row(3, judged="not kept", judged_why=WHY["not kept"]),
            row(4),
            row(5, kind="recommendation", due_day=date(2026, 7, 4), state="made"),
            row(7, kind="recommendation", due_day=date(2026, 7, 4), state="accepted"),
            row(6, kind="question", owed=False),
        ],
        TODAY,
    )
    assert [(one.number, one.verdict) for one in told] == [
        (3, WHY["not kept"]),
        (5, "10 days late"),
        (2, WHY["cannot be tested"]),
        (4, "Still owed; nobody has said which figure tests it"),
        (7, "Still owed"),  # the executive answered; its own day has passed for nothing
        (1, WHY["kept"]),
    ]
    assert more == 0


def test_what_does_not_fit_is_counted() -> None:
    told, more = lay_out_owed([row(at) for at in range(10)], TODAY)
    assert (len(told), more) == (7, 3)
    assert lay_out_owed([], TODAY) == ((), 0)

"""What a definition selects its rows with: Ibis, imported when rows are first asked for.

The import takes half a second, and most commands need the words of a definition alone.
"""

from typing import TYPE_CHECKING

__all__ = ["RecordView", "Rows", "Value", "ibis"]

if TYPE_CHECKING:
    import ibis
    from ibis import Table as Rows
    from ibis import Value

    from openscrutiny.record.view import RecordView
else:
    Rows = Value = RecordView = object

    class _WhenAsked:
        def __getattr__(self, name: str) -> object:
            import ibis

            return getattr(ibis, name)

    ibis = _WhenAsked()

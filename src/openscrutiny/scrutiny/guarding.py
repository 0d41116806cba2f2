"""Triggers by which the database itself keeps the audit from being changed.

A table that Django makes anew, as it does on SQLite to change a column, loses them: a
migration that changes the audit's columns puts them back with `put_guards`.
"""

from typing import Any, Final

_TABLE: Final = "scrutiny_auditevent"
_SAYS: Final = "The audit is only added to, at its end."
_NAMES: Final = ("audit_not_changed", "audit_not_removed", "audit_only_at_its_end")
_AT_THE_END: Final = f"""
NEW.id = 1 + coalesce((SELECT max(id) FROM {_TABLE}), 0)
AND NEW.former = coalesce(
    (SELECT digest FROM {_TABLE} ORDER BY id DESC LIMIT 1), '{"0" * 64}')
"""
_SQLITE: Final = tuple(
    f"CREATE TRIGGER {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
    for name, when in zip(
        _NAMES,
        (
            f"UPDATE ON {_TABLE}",
            f"DELETE ON {_TABLE}",
            # REPLACE removes a row without asking the trigger for removals.
            f"INSERT ON {_TABLE} WHEN NOT ({_AT_THE_END})",
        ),
        strict=True,
    )
)
_POSTGRESQL: Final = (
    f"""
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{_SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$
""",
    f"""
CREATE OR REPLACE FUNCTION audit_at_its_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
IF NOT ({_AT_THE_END}) THEN
RAISE EXCEPTION '{_SAYS}' USING ERRCODE = 'integrity_constraint_violation';
END IF;
RETURN NEW;
END $$
""",
    f"CREATE TRIGGER {_NAMES[0]} BEFORE UPDATE ON {_TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    f"CREATE TRIGGER {_NAMES[1]} BEFORE DELETE OR TRUNCATE ON {_TABLE} "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
    f"CREATE TRIGGER {_NAMES[2]} BEFORE INSERT ON {_TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION audit_at_its_end()",
)
_FOUND: Final = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": "SELECT tgname FROM pg_trigger "
    "WHERE tgrelid = %s::regclass AND tgenabled <> 'D'",
}


def put_guards(connection: Any) -> None:
    """Put the triggers where they are missing."""
    statements = _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL
    take_guards(connection)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def take_guards(connection: Any) -> None:
    """Take the triggers away, for a migration that changes the table."""
    on = "" if connection.vendor == "sqlite" else f" ON {_TABLE}"
    with connection.cursor() as cursor:
        for name in _NAMES:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def lacks_guards(connection: Any) -> bool:
    """Tell whether a trigger is missing."""
    with connection.cursor() as cursor:
        cursor.execute(_FOUND[connection.vendor], [_TABLE])
        return not {name for (name,) in cursor.fetchall()} >= set(_NAMES)

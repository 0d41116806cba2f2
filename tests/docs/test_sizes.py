"""No module and no function is larger than a reader holds in mind."""

import ast
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "openscrutiny"
MODULE, FUNCTION = 500, 70  # lines


def test_no_module_is_over_500_lines() -> None:
    long = {
        str(path.relative_to(SOURCE)): lines
        for path in SOURCE.rglob("*.py")
        if (lines := len(path.read_text("utf-8").splitlines())) > MODULE
    }
    assert long == {}


def test_no_function_is_over_70_lines() -> None:
    long = {
        f"{path.relative_to(SOURCE)}: {node.name}": lines
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION
    }
    assert long == {}

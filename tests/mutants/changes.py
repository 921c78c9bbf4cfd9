"""The syntactic changes: another comparison or sign, a condition turned round, a call left out.

Annotations, type aliases and what is in no function are left alone: nothing of them runs.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from typing import Any, NamedTuple

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_SIGNS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}


class Mutant(NamedTuple):
    """One change: the whole source so changed, the line before and after it, and its numbers."""

    path: str
    source: bytes
    line: str
    now: str
    lines: range

    @property
    def name(self) -> str:
        """What it is known by, wherever the line stands."""
        return f"{self.path}: {self.line} => {self.now}"


def mutants(path: str, source: bytes) -> Iterator[Mutant]:
    """Yield every change to a module."""
    lines = source.splitlines(keepends=True)
    for node in _within_functions(ast.parse(source)):
        for other in _others(node):
            yield _changed(path, lines, node, other)


def _within_functions(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.Lambda)) and not _is_inner(tree, node):
            for statement in node.body if isinstance(node.body, list) else [node.body]:
                yield from _walked(statement)


def _is_inner(tree: ast.AST, node: ast.AST) -> bool:
    """Whether it is part of another function, which is walked anyhow."""
    functions = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n is not node)
    return any(node is inner for function in functions for inner in ast.walk(function))


def _walked(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for field, value in ast.iter_fields(node):
        if field not in ("annotation", "returns"):
            inner = value if isinstance(value, list) else [value]
            for one in inner:
                if isinstance(one, ast.AST):
                    yield from _walked(one)


def _others(node: Any) -> Iterator[ast.AST]:  # a table of cases
    """What may stand in the place of a node."""
    other = copy.deepcopy(node)
    match node:
        case ast.Compare(ops=[op, *_]) if type(op) in _COMPARED:
            other.ops[0] = _COMPARED[type(op)]()
            yield other
        case ast.BoolOp(op=op):
            other.op = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield other
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.BinOp(op=op) if type(op) in _SIGNS:
            other.op = _SIGNS[type(op)]()
            yield other
        case ast.Constant(value=bool() | int() as value):
            yield ast.Constant(not value if isinstance(value, bool) else value + 1)
        case ast.Call(func=ast.Name(id=name)) if name in _CALLED:
            other.func = ast.Name(_CALLED[name])
            yield other
        case ast.IfExp():
            yield ast.IfExp(node.test, node.orelse, node.body)
        case ast.Expr(value=ast.Call() | ast.YieldFrom() | ast.Yield()) | ast.AugAssign():
            yield ast.Pass()
        case ast.Continue():
            yield ast.Break()


def _changed(path: str, lines: list[bytes], node: Any, other: ast.AST) -> Mutant:
    begin, end = node.lineno - 1, node.end_lineno - 1
    before, after = lines[begin][: node.col_offset], lines[end][node.end_col_offset :]
    said = ast.unparse(ast.fix_missing_locations(other))
    put = before + (f"({said})" if isinstance(other, ast.expr) else said).encode() + after
    source = b"".join((*lines[:begin], put, *lines[end + 1 :]))
    was = b" ".join(line.strip() for line in lines[begin : end + 1])
    return Mutant(path, source, was.decode(), put.strip().decode(), range(begin + 1, end + 2))

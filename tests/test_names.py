"""One name for one thing: no class of the house is called as another is."""

from __future__ import annotations

import ast
from collections import defaultdict

from tests.test_arrows import MODULES, PACKAGE


def test_no_class_name_is_used_twice() -> None:
    places = defaultdict(list)
    for path in MODULES:
        for node in ast.walk(ast.parse((PACKAGE / path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(f"{path}:{node.lineno}")
    twice = {name: where for name, where in places.items() if len(where) > 1}
    assert not twice, f"two things have one name: {twice}"

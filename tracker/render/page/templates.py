"""What the pages are made with: their templates, and the policy that keeps them closed."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, Template

from tracker.render.template import environment


@cache
def policy(style: str, script: str | None = None, *, asks: bool = False) -> str:
    """Allow the page's own style and script, pictures inside it, and to ask for itself (CSP 3)."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_digest(style)}'",
            *((f"script-src '{_digest(script)}'",) if script is not None else ()),
            "img-src data:",
            *(("connect-src 'self'",) if asks else ()),
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _digest(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


@cache
def asset(name: str) -> str:
    """A file beside this one."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    made = environment("page").overlay(keep_trailing_newline=True)
    made.filters["headed"] = lambda text: text[:1].upper() + text[1:]
    return made


@cache
def template(name: str) -> Template:
    """The template of that name."""
    return _environment().get_template(f"{name}.html.j2")

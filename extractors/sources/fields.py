"""The model of a source in, the table of its fields in docs/sources.md out."""

from __future__ import annotations

import types
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin

from extractors.sources.model import Source

HEAD = "| field | value | default | what it is |\n|---|---|---|---|"
NAMES = {str: "text", Path: "path", bool: "true or false", float: "number", int: "whole number"}


def fields_table() -> str:
    """One row a field, in the order of the model, as Markdown."""
    rows = (
        f"| `{name}` | {_kind(field.annotation)} | {_default(field)} | {field.description} |"
        for name, field in Source.model_fields.items()
    )
    return "\n".join([HEAD, *rows])


def _kind(annotation: Any) -> str:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return ", ".join(f"`{member.value}`" for member in annotation)
    if get_origin(annotation) is tuple:
        return f"list of {NAMES[get_args(annotation)[0]]}"
    if isinstance(annotation, types.UnionType):
        return _kind(next(kind for kind in get_args(annotation) if kind is not types.NoneType))
    return NAMES[annotation]


def _default(field: Any) -> str:
    if field.is_required():
        return "**needed**"
    return "" if field.default is None or field.default == () else f"`{str(field.default).lower()}`"

"""A sources file in, typed sources out; or one error that names every wrong line and field."""

from __future__ import annotations

import difflib
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from extractors.errors import SettingsError
from extractors.sources.model import Source, SourcesFile
from extractors.sources.yaml_lines import Lined, read_yaml

VARIABLE = re.compile(r"\$\{(?P<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?P<default>[^}]*))?\}")
TAKES_VARIABLES = ("url", "path")


@dataclass(frozen=True, order=True)
class _Problem:
    line: int
    field: str
    message: str


def load_sources(path: Path, *, environ: Mapping[str, str] | None = None) -> SourcesFile:
    """The sources that `path` lists.

    Raises:
        SettingsError: the file cannot be read, or some entries do not fit; all of them are named.
    """
    lined = _read(path)
    environment = os.environ if environ is None else environ
    problems = [*_substitute(lined, environment), *_name_problems(lined)]
    _resolve_paths(lined.data, path.parent)
    try:
        sources = SourcesFile.model_validate(lined.data)
    except ValidationError as error:
        problems += [_problem(details, lined) for details in error.errors()]
    if problems:
        raise _error(path, problems)
    return sources


def _read(path: Path) -> Lined:
    try:
        lined = read_yaml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"the sources file cannot be read: {error}",
            where=str(path),
            next_step="name an existing file with --sources or COMMUNIQUE_SOURCES",
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        problem = getattr(error, "problem", None) or "it cannot be parsed"
        raise SettingsError(f"no YAML: {problem}", where=where, next_step="correct the line") from error
    if not isinstance(lined.data, dict):
        raise SettingsError(
            "the file has no `sources:`", where=str(path), next_step="see docs/sources.md for an example"
        )
    return lined


def _entries(data: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    listed = data.get("sources") if isinstance(data, dict) else None
    for index, entry in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(entry, dict):
            yield index, entry


def _substitute(lined: Lined, environ: Mapping[str, str]) -> Iterator[_Problem]:
    """Put the environment in for `${NAME:-default}` in url and path."""
    for index, entry in _entries(lined.data):
        for name in TAKES_VARIABLES:
            if not isinstance(text := entry.get(name), str):
                continue
            missing = [
                found["name"]
                for found in VARIABLE.finditer(text)
                if not environ.get(found["name"]) and found["default"] is None
            ]
            entry[name] = VARIABLE.sub(
                lambda found: environ.get(found["name"]) or found["default"] or "", text
            )
            if missing:
                where = ("sources", index, name)
                message = f"{text!r}: {missing[0]} is not set and has no default (`${{{missing[0]}:-…}}`)"
                yield _Problem(lined.line(where), _field(where, lined), message)


def _name_problems(lined: Lined) -> Iterator[_Problem]:
    """Keys given twice in one entry, and names given to two sources."""
    for path in lined.duplicates:
        yield _Problem(lined.line(path), _field(path, lined), "given twice")
    names = Counter(str(entry.get("name")) for _, entry in _entries(lined.data) if "name" in entry)
    for index, entry in _entries(lined.data):
        name, where = str(entry.get("name")), ("sources", index, "name")
        if names[name] > 1:
            yield _Problem(lined.line(where), _field(where, lined), f"{name!r}: another source has this name")


def _resolve_paths(data: Any, folder: Path) -> None:
    for _, entry in _entries(data):
        if isinstance(entry.get("path"), str):
            entry["path"] = str(folder.resolve() / Path(entry["path"]).expanduser())


def _problem(details: ErrorDetails, lined: Lined) -> _Problem:
    path = tuple(details["loc"])
    line, field = lined.line(path), _field(path, lined)
    match details["type"]:
        case "extra_forbidden":
            return _Problem(line, field, _unknown(str(path[-1]), depth=len(path)))
        case "missing":
            return _Problem(line, field, "is missing")
        case "value_error" if not isinstance(details["input"], str | int | float):
            return _Problem(line, field, _plain(details["msg"]))
        case _:
            return _Problem(line, field, f"{details['input']!r}: {_plain(details['msg'])}")


def _unknown(key: str, *, depth: int) -> str:
    known = list(SourcesFile.model_fields if depth == 1 else Source.model_fields)
    near = difflib.get_close_matches(key, known, n=1)
    return f"is no known field; did you mean `{near[0]}`?" if near else f"is no known field of {known}"


def _plain(message: str) -> str:
    return message.removeprefix("Value error, ").removeprefix("Input ")


def _field(path: tuple[str | int, ...], lined: Lined) -> str:
    """`sources[2] (borealis).language`."""
    text, value = "", lined.data
    for step in path:
        value = (
            value[step]
            if isinstance(value, list) and isinstance(step, int) and step < len(value)
            else (value.get(step) if isinstance(value, dict) else None)
        )
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
        if isinstance(step, int) and isinstance(value, dict) and isinstance(value.get("name"), str):
            text += f" ({value['name']})"
    return text or "the file"


def _error(path: Path, problems: list[_Problem]) -> SettingsError:
    ordered = sorted(set(problems))
    lines = [f"{path.name}:{problem.line}: {problem.field}: {problem.message}" for problem in ordered]
    return SettingsError(
        f"{len(ordered)} problem{'s' if len(ordered) > 1 else ''}\n  " + "\n  ".join(lines),
        where=str(path),
        next_step="correct these lines (docs/sources.md has the fields), then run again",
    )

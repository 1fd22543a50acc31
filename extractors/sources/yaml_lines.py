"""YAML text in, plain data and the line of every value out, so that an error can say where it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

Path = tuple[str | int, ...]


class _Loader(yaml.SafeLoader):
    """Only true and false are booleans: `no` is Norwegian, not a refusal."""


_Loader.yaml_implicit_resolvers = {
    letter: [rule for rule in rules if rule[0] != "tag:yaml.org,2002:bool"]
    for letter, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


@dataclass
class Lined:
    """`data` as YAML holds it; `lines` from the path of each key to its line, counted from 1."""

    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    duplicates: list[Path] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """The line of the path, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(text: str) -> Lined:
    """Raises yaml.YAMLError, whose mark has the line, when the text is no YAML."""
    lined = Lined()
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        lined.data = _value(loader, node, (), lined) if node else None
    finally:
        loader.dispose()
    return lined


def _value(loader: _Loader, node: yaml.Node, path: Path, lined: Lined) -> Any:
    lined.lines.setdefault(path, node.start_mark.line + 1)
    match node:
        case yaml.MappingNode():
            return _mapping(loader, node, path, lined)
        case yaml.SequenceNode():
            return [_value(loader, item, (*path, index), lined) for index, item in enumerate(node.value)]
        case _:
            return loader.construct_object(node, deep=True)


def _mapping(loader: _Loader, node: yaml.MappingNode, path: Path, lined: Lined) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        here = (*path, key)
        if key in mapping:
            lined.duplicates.append(here)
        lined.lines[here] = key_node.start_mark.line + 1
        mapping[key] = _value(loader, value_node, here, lined)
    return mapping

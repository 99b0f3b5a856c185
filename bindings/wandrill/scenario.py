# SPDX-License-Identifier: Apache-2.0
"""Scenarios built in code; they are what a YAML file would be, and are read as one."""
from __future__ import annotations

import contextlib
import copy
import datetime
import json
import os
import pathlib
import re
import tempfile
from collections.abc import Iterator, Mapping
from typing import Any, Union

from .errors import ConfigError, Mistake


# What YAML, or wandrill, takes for something else than text; and what looks like a number stays one.
_PLAIN_WORD = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./-]*")
_NO_TEXT = {"null", "true", "false", "yes", "no", "on", "off", "~"}
_MOST_NESTED = 20


def _plain(value: Any, depth: int = 0) -> Any:
    """A value as YAML has it: a timedelta as "250ms", a path as text."""
    if depth > _MOST_NESTED:
        raise TypeError("a scenario's values are not nested so deep")
    if isinstance(value, datetime.timedelta):
        return f"{value // datetime.timedelta(microseconds=1)}us"
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, Mapping):
        return _keys(value, depth + 1)
    if isinstance(value, (list, tuple)):
        return [_plain(part, depth + 1) for part in value]
    if value is None or not isinstance(value, (str, bool, int, float)):
        raise TypeError(f"no scenario holds {value!r}: text, numbers, True and False, timedelta, lists and mappings")
    return value


def _keys(values: Mapping[Any, Any], depth: int = 0) -> dict[str, Any]:
    """`from_` and `as_` stand for words of Python's. What is None was left out."""
    keys: dict[str, Any] = {}
    for name, value in values.items():
        if not isinstance(name, str):
            raise TypeError(f"keys are text, and {name!r} is none")
        key = name[:-1] if name.endswith("_") else name
        if key in keys:
            raise TypeError(f"'{key}' is given twice")
        if value is not None:
            keys[key] = _plain(value, depth)
    return keys


def _text(text: str) -> str:
    """Text as YAML reads it back; JSON's strings are YAML's."""
    is_plain = _PLAIN_WORD.fullmatch(text) and text.lower() not in _NO_TEXT
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def _flow(value: Any) -> str:
    """YAML in one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_text(key)}: {_flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_flow(part) for part in value) + "]"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        # Without an exponent, which scenario files do not know.
        text = f"{value:.12f}".rstrip("0")
        return text + "0" if text.endswith(".") else text
    return _text(value) if isinstance(value, str) else str(value)


class Scenario:
    """A scenario, step by step. Keys are those of scenario files (docs/scenarios.md); `from_` stands for `from`.

    >>> s = Scenario("cut", topology="home_office")
    >>> s.traffic("call", kind="rtp", from_="desk_phone", to="pbx")
    >>> s.step(at="1s", fault="carrier", on="wan_a", as_="cut")
    >>> s.step(wait="5s", restore="cut")
    >>> s.expect(metric="call.up.longest_gap", at_most="3s")
    """

    def __init__(self, name: str, *, topology: Union[str, "os.PathLike[str]"], folder: Union[str, "os.PathLike[str]"] = ".", **keys: Any) -> None:
        """`folder`: where topologies/ of your own are looked for. `keys`: the other keys of a scenario: description, router, seed,
        steady, duration …"""
        if not isinstance(name, str) or not name:
            raise TypeError(f"a scenario's name is text, and not {name!r}")
        self.name = name
        self.folder = pathlib.Path(folder)
        self._keys: dict[str, Any] = {"scenario": name, **_keys({"topology": topology, **keys})}
        for key in ("topology", "router"):
            # A file of the user's, seen from where this scenario is read.
            value = self._keys.get(key)
            if isinstance(value, str) and value.endswith((".yaml", ".yml")):
                self._keys[key] = str((self.folder / value).absolute())
        self._traffic: dict[str, Any] = {}
        self._steps: list[Any] = []
        self._expected: list[Any] = []

    def traffic(self, name: str, **keys: Any) -> "Scenario":
        """Adds a session."""
        if not isinstance(name, str):
            raise TypeError(f"a session's name is text, and not {name!r}")
        if name in self._traffic:
            raise TypeError(f"there is a session '{name}' already")
        self._traffic[name] = _keys(keys)
        return self

    def step(self, **keys: Any) -> "Scenario":
        """Adds a step to the timeline."""
        self._steps.append(_keys(keys))
        return self

    def expect(self, **keys: Any) -> "Scenario":
        """Adds what must hold for the run to pass."""
        self._expected.append(_keys(keys))
        return self

    def to_yaml(self) -> str:
        lines = [f"{_text(key)}: {_flow(value)}" for key, value in self._keys.items()]
        if self._traffic:
            lines += ["traffic:", *(f"  {_text(name)}: {_flow(keys)}" for name, keys in self._traffic.items())]
        if self._steps:
            lines += ["timeline:", *(f"  - {_flow(step)}" for step in self._steps)]
        if self._expected:
            lines += ["expect:", *(f"  - {_flow(what)}" for what in self._expected)]
        return "\n".join(lines) + "\n"

    @contextlib.contextmanager
    def as_file(self) -> Iterator[pathlib.Path]:
        """A file of it, for as long as it takes to read one, beside which `folder`'s topologies are found."""
        with tempfile.TemporaryDirectory(prefix="wandrill-scenario-") as temporary:
            own = (self.folder / "topologies").resolve()
            if own.is_dir():
                (pathlib.Path(temporary) / "topologies").symlink_to(own)
            path = pathlib.Path(temporary) / "scenario.yaml"
            path.write_text(self.to_yaml(), encoding="utf-8", errors="surrogatepass")
            yield path

    def place_mistakes(self, error: ConfigError, path: pathlib.Path) -> ConfigError:
        """The same mistakes, with the lines that they are in: there is no file to look them up in."""
        lines = self.to_yaml().splitlines()
        placed = []
        for mistake in error.mistakes:
            if mistake.file != str(path):
                placed.append(mistake)
                continue
            text = f" (in: {lines[mistake.line - 1].strip()})" if 0 < mistake.line <= len(lines) else ""
            placed.append(Mistake(f"<scenario {self.name}>", mistake.line, mistake.column, mistake.message + text))
        return ConfigError(placed)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scenario) and self.to_yaml() == other.to_yaml()

    def __copy__(self) -> "Scenario":
        return copy.deepcopy(self)

    def __repr__(self) -> str:
        return f"<wandrill.Scenario {self.name}: {len(self._traffic)} sessions, {len(self._steps)} steps>"

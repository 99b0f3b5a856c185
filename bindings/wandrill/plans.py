# SPDX-License-Identifier: Apache-2.0
"""Reading scenarios: what a run would do, without doing it."""
from __future__ import annotations

import functools
import json
import os
import pathlib
import shutil
import subprocess
from typing import Any, Optional, Union

from . import _core
from .errors import ConfigError, MachineError, Mistake
from .scenario import Scenario

PathLike = Union[str, "os.PathLike[str]"]


def program() -> pathlib.Path:
    """The `wandrill` program that plays the drills: $WANDRILL, else the one that this package was installed or built with, else
    the one on PATH. Raises MachineError when there is none."""
    chosen = os.environ.get("WANDRILL")
    if chosen:
        if not os.access(chosen, os.X_OK):
            raise MachineError(f"$WANDRILL is {chosen}, which cannot be started")
        return pathlib.Path(chosen).resolve()
    # PREFIX/lib/python3/dist-packages/wandrill, or build/release/python/wandrill.
    package = pathlib.Path(__file__).resolve().parent
    for place in (package.parents[3] / "bin/wandrill" if len(package.parents) > 3 else None, package.parents[1] / "bin/wandrill"):
        if place is not None and os.access(place, os.X_OK):
            return place
    found = shutil.which("wandrill")
    if not found:
        raise MachineError("there is no wandrill program on PATH; install it, or name it in $WANDRILL")
    return pathlib.Path(found).resolve()


def data_folder() -> str:
    """The folder that holds the shipped topologies/ and scenarios/; "" when there is none."""
    folder = program().parent
    for place in (folder / "../share/wandrill", folder / "../../.."):
        if (place / "topologies").is_dir():
            return str(place.resolve())
    return ""


class Plan:
    """What a run will do, with every default and every random draw filled in. It does not change."""

    def __init__(self, core: _core.Plan) -> None:
        self._core = core

    def to_dict(self) -> dict[str, Any]:
        """The whole plan. Keys that end in `_ns` are in nanoseconds."""
        return dict(json.loads(self._core.json))

    @functools.cached_property
    def _document(self) -> dict[str, Any]:
        """As to_dict(), read once: nobody else has it to change."""
        return self.to_dict()

    def to_yaml(self) -> str:
        """The plan as run folders keep it (plan.yaml)."""
        return self._core.yaml

    @property
    def name(self) -> str:
        """The scenario's name."""
        return str(self._document["scenario"])

    @property
    def router(self) -> str:
        """The router profile's name."""
        return str(self._document["router"]["name"])

    @property
    def seed(self) -> int:
        return int(self._document["seed"])

    @property
    def trials(self) -> int:
        return int(self._document["trials"])

    @property
    def flows(self) -> tuple[str, ...]:
        """Names of the flows ("call.up"); a packet's `flow` is an index into them."""
        return tuple(flow["name"] for flow in self._document["traffic"]["flows"])

    @property
    def wans(self) -> tuple[str, ...]:
        """Names of the WANs, the preferred one first; a packet's `wan` is an index into them."""
        return tuple(wan["name"] for wan in self._document["topology"]["wans"])

    def __str__(self) -> str:
        return self._core.text

    def __repr__(self) -> str:
        return f"<wandrill.Plan {self.name} on {self.router}, seed {self.seed}>"


_MOST_SEED = 2**64 - 1
_MOST_TRIALS = 1000
_BAD_INPUT = 2


def _check_number(name: str, value: Any, least: int, most: int) -> None:
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{name}: a whole number from {least} to {most}, and not {value!r}")
    if not least <= value <= most:
        raise ConfigError([Mistake(name, 0, 0, f"{value} is no whole number from {least} to {most}")])


def check_options(router: Any, seed: Any, engine: Any, trials: Any) -> None:
    """Raises TypeError for what has another type, ConfigError for what is out of its range."""
    _check_number("seed", seed, 0, _MOST_SEED)
    _check_number("trials", trials, 1, _MOST_TRIALS)
    if engine is not None and not isinstance(engine, str):
        raise TypeError(f"engine: auto, netem or wire, and not {engine!r}")
    if router is not None and not isinstance(router, (str, os.PathLike)):
        raise TypeError(f"router: a profile's name or a path, and not {router!r}")


def path_of(name: str, path: Any) -> str:
    """A path as text that the program can be given: it never looks like an option."""
    if not isinstance(path, (str, bytes, os.PathLike)):
        raise TypeError(f"{name}: a path, and not {path!r}")
    text = os.fsdecode(path)
    if "\0" in text:
        raise ConfigError([Mistake(name, 0, 0, f"{text!r} can be no path")])
    return f"./{text}" if text.startswith("-") else text


def _network_of(path: str, topology: Optional[str]) -> str:
    """What Mininet builds of the scenario's topology, as JSON; "" when its topology is no Mininet file. Its code runs in a process of its own."""
    file = _core.mininet_of(path, data_folder(), topology)
    if file is None:
        return ""
    done = subprocess.run([program(), "network", path_of("topology", file)], capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return done.stdout
    complaint = done.stderr.strip()
    if done.returncode == _BAD_INPUT:
        raise ConfigError([Mistake(file, 0, 0, complaint.removeprefix(f"{file}: "))])
    raise MachineError(complaint.removeprefix("wandrill: "))


def plan(scenario: Union[PathLike, Scenario], *, router: Optional[PathLike] = None, topology: Optional[PathLike] = None,
         seed: Optional[int] = None, engine: Optional[str] = None, trials: Optional[int] = None) -> Plan:
    """What `scenario` (a file, or one built in code) would do. `router`: a profile's name or a .yaml file, instead of the scenario's own;
    `topology`: likewise, or a Mininet .py file.

    Raises ConfigError with every mistake in the scenario, its topology and its router.
    """
    check_options(router, seed, engine, trials)
    chosen = None if router is None else path_of("router", router)
    around = None if topology is None else path_of("topology", topology)

    def made_of(path: str) -> _core.Plan:
        return _core.plan(path, data_folder(), chosen, seed, engine, trials, around, _network_of(path, around))

    if isinstance(scenario, Scenario):
        with scenario.as_file() as path:
            try:
                core = made_of(str(path))
            except ConfigError as error:
                raise scenario.place_mistakes(error, path) from None
    else:
        core = made_of(path_of("scenario", scenario))
    return Plan(core)


def validate(scenario: Union[PathLike, Scenario], *, router: Optional[PathLike] = None, topology: Optional[PathLike] = None) -> list[Mistake]:
    """Every mistake in the scenario and in all that it refers to; empty when there is none."""
    try:
        plan(scenario, router=router, topology=topology)
    except ConfigError as error:
        return list(error.mistakes)
    return []


def schema() -> dict[str, Any]:
    """The JSON Schema of scenario files."""
    return dict(json.loads(_core.schema()))

# SPDX-License-Identifier: Apache-2.0
"""Drills in a Mininet network that the calling script holds."""
from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from typing import Any, Optional, Union

from .lab import Lab
from .plans import PathLike
from .results import Result
from .running import run, run_async
from .scenario import Scenario


class Attached:
    """A running Mininet network that drills can be played in. They are processes of their own and change nothing in it; its nodes go on as they are."""

    def __init__(self, attach: str) -> None:
        self._attach = attach

    def run(self, scenario: Union[PathLike, Scenario], **options: Any) -> Result:
        """As wandrill.run(), in this network; its own router is under test, as it is."""
        return run(scenario, attach=self._attach, **options)

    async def run_async(self, scenario: Union[PathLike, Scenario], **options: Any) -> Result:
        """As wandrill.run_async(), in this network."""
        return await run_async(scenario, attach=self._attach, **options)

    def lab(self, scenario: Union[PathLike, Scenario], **options: Any) -> Lab:
        """As wandrill.Lab(), in this network: faults come when your code says so. Programs inside nodes are Mininet's business: `net["h1"].cmd(…)`."""
        return Lab(scenario, attach=self._attach, **options)


def _wan(name: str, value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return dict(value)
    interface = getattr(value, "name", value)  # Mininet's own object has its name
    if not isinstance(interface, str):
        raise TypeError(f"wans: {name}: the router's interface, or a map with `interface`, and not {value!r}")
    return {"interface": interface}


def attach(net: Any, *, router: Optional[Any] = None, wans: Optional[Mapping[str, Any]] = None,
           inside: Optional[Sequence[str]] = None, servers: Optional[Mapping[str, Mapping[str, Any]]] = None) -> Attached:
    """Drills for a network that this process has started with Mininet, as root.

    >>> net.start()
    >>> result = wandrill.attach(net, router="r0", wans={"fibre": "r0-eth1", "lte": "r0-eth2"}).run("failback.yaml")

    `router`, `wans` (by name: the router's interface, by its name or as Mininet's object, or a map as in a scenario), `inside` and `servers` are those of docs/mininet.md; what is not given is as the network's topology
    says in its attribute `wandrill`, or is found out. Nothing is started yet.
    """
    if not hasattr(net, "hosts") or not hasattr(net, "links"):
        raise TypeError(f"net: a mininet.net.Mininet, and not {net!r}")
    known = dict(getattr(getattr(net, "topo", None), "wandrill", None) or {})
    roles = {key: known[key] for key in ("router", "wans", "inside", "servers", "services") if key in known}
    if router is not None:
        roles["router"] = getattr(router, "name", router)
    if wans is not None:
        if not isinstance(wans, Mapping):
            raise TypeError(f"wans: a map from a WAN's name to the router's interface, and not {wans!r}")
        roles["wans"] = {name: _wan(name, value) for name, value in wans.items()}
    if inside is not None:
        roles["inside"] = list(inside)
    if servers is not None:
        roles["servers"] = {name: dict(value) for name, value in servers.items()}
    return Attached("mininet:" + json.dumps({"pid": os.getpid(), **roles}))

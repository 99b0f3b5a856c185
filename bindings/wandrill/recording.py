# SPDX-License-Identifier: Apache-2.0
"""Every packet of a run, as NumPy arrays that lie where the file lies: nothing is read before it is looked at, and nothing is copied."""
from __future__ import annotations

import json
import os
import pathlib
from collections.abc import Iterator
from typing import Any, Optional, Union

import numpy

from . import _core
from .plans import Plan

Columns = dict[str, "numpy.ndarray[Any, Any]"]

NOT_SENT = 2**31 - 1
"""The `lateness` of a packet that the kernel refused to send."""


class Packets:
    """The packets of one kind, block by block in the order of writing. All instants are nanoseconds since the start of the run.

    `sent`: sequence (uint64), scheduled (int64), lateness (int32: actual − scheduled, NOT_SENT if refused), flow (uint16).
    `received`: sequence, at (int64: the kernel's receive stamp), read_delay (int32), flow.
    `tapped`: sequence, at (int64), flow, source (uint16), wan (uint8), direction (uint8: 0 up, 1 down).
    `flow` and `wan` are indices into Recording.flows and Recording.wans.
    """

    def __init__(self, packets: _core.PacketMap, blocks: list[tuple[str, int]], kind: str, flows: tuple[str, ...]) -> None:
        """`blocks`: of all kinds, as the map has them."""
        self._packets = packets
        self._flows = flows
        self._blocks = [number for name, number in blocks if name == kind]
        self.kind = kind

    def __len__(self) -> int:
        """How many packets there are."""
        return sum(self._packets.rows(number) for number in self._blocks)

    def blocks(self) -> Iterator[Columns]:
        """Each block's columns by name: read-only views of the file. Raises MachineError for a damaged block."""
        for number in self._blocks:
            yield self._packets.columns(number)

    def __reduce__(self) -> Any:
        raise TypeError("packets cannot be pickled; pass their Recording, which is opened again where it arrives, or its folder")

    def _index(self, flow: Union[int, str]) -> int:
        if isinstance(flow, str):
            if flow in self._flows:
                return self._flows.index(flow)
            raise KeyError(f"there is no flow '{flow}'; there are {', '.join(self._flows)}")
        if not 0 <= flow < len(self._flows):
            raise KeyError(f"there is no flow {flow}; there are {len(self._flows)}, counted from 0")
        return flow

    def column(self, name: str, flow: Union[int, str, None] = None) -> "numpy.ndarray[Any, Any]":
        """One column of all packets, or of those of one flow (its name or index). A copy, unless there is but one block and no flow was asked for."""
        wanted = None if flow is None else self._index(flow)
        parts: list[numpy.ndarray[Any, Any]] = []
        for columns in self.blocks():
            if name not in columns:
                raise KeyError(f"packets that were {self.kind} have no column '{name}'; they have {', '.join(columns)}")
            parts.append(columns[name] if wanted is None else columns[name][columns["flow"] == wanted])
        if len(parts) == 1:
            return parts[0]
        whole: numpy.ndarray[Any, Any] = numpy.concatenate(parts) if parts else numpy.empty(0)
        return whole


class Recording:
    """What a run recorded: packets as arrays, events as dictionaries."""

    def __init__(self, folder: Union[str, "os.PathLike[str]"]) -> None:
        """`folder`: of the run. Raises MachineError when there is no recording in it, or a damaged one."""
        self.folder = pathlib.Path(folder)
        recording = self.folder / "recording"
        _core.check_recording(os.fspath(recording))
        packets = _core.PacketMap(os.fspath(recording / "packets.bin"))
        blocks = packets.blocks
        self._plan = Plan(_core.plan_from_yaml((self.folder / "plan.yaml").read_text(encoding="utf-8")))
        self.sent = Packets(packets, blocks, "sent", self._plan.flows)
        self.received = Packets(packets, blocks, "received", self._plan.flows)
        self.tapped = Packets(packets, blocks, "tapped", self._plan.flows)

    def __reduce__(self) -> tuple[type["Recording"], tuple[pathlib.Path]]:
        """Pickled by its folder, and opened again where it arrives: packets.bin is mapped, and may hold gigabytes."""
        return type(self), (self.folder.absolute(),)

    @property
    def plan(self) -> Plan:
        return self._plan

    def __repr__(self) -> str:
        return f"<wandrill.Recording of {self.folder}: {len(self.sent)} packets sent, {len(self.received)} received>"

    @property
    def flows(self) -> tuple[str, ...]:
        return self._plan.flows

    @property
    def wans(self) -> tuple[str, ...]:
        return self._plan.wans

    def flow(self, name: str) -> int:
        """The index of a flow. Raises KeyError with the names that there are."""
        return self.sent._index(name)

    def events(self) -> Iterator[dict[str, Any]]:
        """The lines of events.jsonl (docs/recording.md); `at` is in nanoseconds. A last line that was cut short is left out."""
        with open(self.folder / "recording" / "events.jsonl", encoding="utf-8") as lines:
            for line in lines:
                if line.endswith("\n"):
                    yield json.loads(line)

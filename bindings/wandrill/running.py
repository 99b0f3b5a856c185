# SPDX-License-Identifier: Apache-2.0
"""Playing drills. Each runs in a process of its own, so that nothing that happens in a lab touches the interpreter."""
from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from typing import IO, Any, Optional, Union

from .errors import ConfigError, MachineError, Mistake
from .plans import PathLike, path_of, plan, program
from .results import Result
from .scenario import Scenario

Progress = Callable[[dict[str, Any]], None]
"""Called with each line of `wandrill run --json` (docs/result-json.md) but the result: `type` is start, ready, event or progress."""

_BAD_INPUT = 2
_INTERRUPTED = 130


class _Line:
    """The conversation with one `wandrill run --json`."""

    def __init__(self, on_progress: Optional[Progress]) -> None:
        if on_progress is not None and (not callable(on_progress) or asyncio.iscoroutinefunction(on_progress)):
            raise TypeError(f"on_progress: a function that is called and not awaited, and not {on_progress!r}")
        self.on_progress = on_progress
        self.document: Optional[dict[str, Any]] = None

    def take(self, line: str) -> None:
        try:
            message = json.loads(line)
        except ValueError:
            raise MachineError(f"{program()} wrote what is no line of 'wandrill run --json': {line[:200]!r}") from None
        if message["type"] == "result":
            self.document = message["result"]
        elif self.on_progress is not None:
            self.on_progress(message)


def _mistakes(text: str) -> list[Mistake]:
    """What the program wrote, as far as it has the form of mistakes."""
    found = []
    for line in text.splitlines():
        placed = re.match(r"(.+?):(\d+):(\d+): (.*)", line)
        plain = re.match(r"([^:]+): (.*)", line)
        if placed:
            found.append(Mistake(placed[1], int(placed[2]), int(placed[3]), placed[4]))
        elif plain:
            found.append(Mistake(plain[1], 0, 0, plain[2]))
        elif line:
            found.append(Mistake("wandrill", 0, 0, line))
    return found


def _result(line: _Line, status: int, complaint: str) -> Result:
    if line.document is not None:
        return Result(line.document)
    if status == _BAD_INPUT:
        raise ConfigError(_mistakes(complaint))
    if status == _INTERRUPTED:
        raise KeyboardInterrupt
    end = f"was killed by {signal.Signals(-status).name}" if status < 0 else f"ended with status {status}"
    raise MachineError(complaint.strip() or f"wandrill {end} and without a result")


@contextlib.contextmanager
def _prepared(scenario: Union[PathLike, Scenario], options: dict[str, Any]) -> Iterator[list[str]]:
    """The command of a run; everything that is wrong with its scenario is told before."""
    if options["attach"] is not None and not isinstance(options["attach"], str):
        raise TypeError(f"attach: as --attach of 'wandrill run' has it, and not {options['attach']!r}")
    for name in ("vm", "capture"):
        if not isinstance(options[name], bool):
            raise TypeError(f"{name}: True or False, and not {options[name]!r}")
    # Of a network that stands only the program can look at what it needs.
    if options["attach"] is None:
        plan(scenario, router=options["router"], topology=options["topology"], seed=options["seed"], engine=options["engine"], trials=options["trials"])
    with contextlib.ExitStack() as stack:
        path = stack.enter_context(scenario.as_file()) if isinstance(scenario, Scenario) else path_of("scenario", scenario)
        command = [str(program()), "run", str(path), "--json", "--out", path_of("out", options["out"])]
        for name in ("router", "topology", "engine", "seed", "trials"):
            if options[name] is not None:
                command += [f"--{name}", path_of(name, options[name]) if name in ("router", "topology") else str(options[name])]
        command += ["--attach", options["attach"]] if options["attach"] is not None else []
        command += [f"--{flag}" for flag in ("vm", "capture") if options[flag]]
        yield command


def _read(complaints: IO[bytes]) -> str:
    complaints.seek(0)
    return complaints.read().decode("utf-8", "replace")


def run(scenario: Union[PathLike, Scenario], *, router: Optional[PathLike] = None, topology: Optional[PathLike] = None, engine: Optional[str] = None, seed: Optional[int] = None,
        trials: Optional[int] = None, out: PathLike = "runs", vm: bool = False, capture: bool = False, attach: Optional[str] = None, on_progress: Optional[Progress] = None) -> Result:
    """Plays a drill and judges the router; the options are those of `wandrill run`. Blocks; other threads go on.

    Returns the result, whatever the outcome. Raises ConfigError for bad input, before anything is started, and MachineError when there is not even a result. Ctrl-C ends the
    drill, with nothing left behind, and is raised afterwards as KeyboardInterrupt; so does an exception from `on_progress`. What was recorded by then stays in `out`.
    """
    options = {"router": router, "topology": topology, "engine": engine, "seed": seed, "trials": trials, "out": out, "vm": vm, "capture": capture, "attach": attach}
    line = _Line(on_progress)
    # A session of its own: Ctrl-C at a terminal reaches Python alone, which hands it on once.
    with _prepared(scenario, options) as command, tempfile.TemporaryFile() as complaints, subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=complaints, stdin=subprocess.DEVNULL, text=True, encoding="utf-8", start_new_session=True) as process:
        assert process.stdout is not None
        try:
            for text in process.stdout:
                line.take(text)
            process.wait()
        except BaseException:
            process.send_signal(signal.SIGINT)
            process.communicate()
            raise
        return _result(line, process.returncode, _read(complaints))


async def run_async(scenario: Union[PathLike, Scenario], *, router: Optional[PathLike] = None, topology: Optional[PathLike] = None, engine: Optional[str] = None, seed: Optional[int] = None,
                    trials: Optional[int] = None, out: PathLike = "runs", vm: bool = False, capture: bool = False, attach: Optional[str] = None, on_progress: Optional[Progress] = None) -> Result:
    """As run(), for asyncio. Cancelling it ends the drill, with nothing left behind."""
    options = {"router": router, "topology": topology, "engine": engine, "seed": seed, "trials": trials, "out": out, "vm": vm, "capture": capture, "attach": attach}
    line = _Line(on_progress)
    with _prepared(scenario, options) as command, tempfile.TemporaryFile() as complaints:
        process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE, stderr=complaints, stdin=subprocess.DEVNULL, start_new_session=True, limit=2**26)
        assert process.stdout is not None
        try:
            async for text in process.stdout:
                line.take(text.decode("utf-8"))
            status = await process.wait()
        except BaseException:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGINT)
            # Whoever cancels waits until the lab is gone.
            await asyncio.shield(process.communicate())
            raise
        return _result(line, status, _read(complaints))


def report(folder: PathLike) -> Result:
    """Measures and judges a stored run again, and rewrites its reports. Raises ConfigError when `folder` holds no run, MachineError for a damaged one."""
    done = subprocess.run([str(program()), "report", path_of("folder", folder), "--json"], capture_output=True, text=True, encoding="utf-8", stdin=subprocess.DEVNULL, check=False)
    line = _Line(None)
    for text in done.stdout.splitlines():
        line.take(text)
    return _result(line, done.returncode, done.stderr)

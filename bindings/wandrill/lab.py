# SPDX-License-Identifier: Apache-2.0
"""A lab that stands while Python breaks it: faults and restores come when the caller says so."""
from __future__ import annotations

import contextlib
import copy
import datetime
import difflib
import json
import os
import pathlib
import queue
import signal
import subprocess
import tempfile
import threading
import time
from types import TracebackType
from typing import Any, Optional, Union

from .errors import ConfigError, MachineError, Mistake
from .plans import PathLike, check_options, path_of, program
from .results import Result
from .running import _Line, _read, _result
from .scenario import Scenario, _flow, _keys

Seconds = Union[float, datetime.timedelta]

# Programs that are kept waiting take longer; whatever goes wrong in the lab itself ends it.
_STANDS_WITHIN = 300.0
_ANSWERS_WITHIN = 120.0
_LOOK_EVERY = 0.02


def _seconds(value: Seconds) -> float:
    return value.total_seconds() if isinstance(value, datetime.timedelta) else float(value)


class _CommandFailed(subprocess.CalledProcessError):
    """Says what the program said: its standard error, or what it printed instead."""

    def __str__(self) -> str:
        said = (self.stderr or self.stdout or "").strip()
        return f"{super().__str__()}\n{said}" if said else super().__str__()


class Lab:
    """A scenario's network, router and traffic, up and steady; its timeline and its expectations are left out.

    >>> with wandrill.Lab("scenarios/failback.yaml", router="reference") as lab:
    ...     lab.fault("blackhole", on="wan_a", as_="cut")
    ...     lab.wait_for_egress("wan_b", within=5)
    ...     print(lab.run_in("router", "ip", "route").stdout)
    ...     lab.restore("cut")
    >>> lab.result["failover.first_route_convergence_time"].value

    At the end of the block faults that are in force stay so, and the run is measured and judged as always: `result` has it. An exception ends the lab at once.
    Everything is in a process of its own, and one lab is for one thread.
    """

    def __init__(self, scenario: Union[PathLike, Scenario], *, router: Optional[PathLike] = None, topology: Optional[PathLike] = None, engine: Optional[str] = None,
                 seed: Optional[int] = None, out: PathLike = "runs", capture: bool = False, attach: Optional[str] = None) -> None:
        """The options are those of `wandrill run`. Nothing is started before the block is entered, or start() is called."""
        check_options(router, seed, engine, None)
        # What is left out has to be there.
        self._scenario = copy.deepcopy(scenario).step(wait="0s") if isinstance(scenario, Scenario) else scenario
        self._options: dict[str, Any] = {"router": router, "topology": topology, "engine": engine, "seed": seed, "attach": attach}
        self._out = path_of("out", out)
        self._capture = capture
        self._stack = contextlib.ExitStack()
        self._process: Optional[subprocess.Popen[str]] = None
        self._line = _Line(None)
        self._answers: "queue.Queue[dict[str, Any]]" = queue.Queue()
        self._picture: dict[str, Any] = {}
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._result: Optional[Result] = None
        self._folder: Optional[pathlib.Path] = None

    # The lab itself.

    def start(self) -> "Lab":
        """Builds the lab and waits until its traffic is steady. Raises ConfigError for bad input, MachineError when the lab does not come up."""
        if self._process is not None:
            raise RuntimeError("this lab was started already")
        scenario = self._scenario
        path = self._stack.enter_context(scenario.as_file()) if isinstance(scenario, Scenario) else path_of("scenario", scenario)
        command = [str(program()), "run", str(path), "--steer", "--json", "--out", self._out]
        for name, value in self._options.items():
            if value is not None:
                command += [f"--{name}", path_of(name, value) if name in ("router", "topology") else str(value)]
        command += ["--capture"] if self._capture else []
        self._complaints = self._stack.enter_context(tempfile.TemporaryFile())
        # A session of its own: Ctrl-C at a terminal reaches Python alone.
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._complaints, text=True, encoding="utf-8", start_new_session=True)
        self._reader.start()
        try:
            self._wait_for("steerable", _STANDS_WITHIN)
        except BaseException:
            self._abandon()
            raise
        return self

    @property
    def folder(self) -> pathlib.Path:
        """The run folder."""
        if self._folder is None:
            raise RuntimeError("this lab does not stand yet")
        return self._folder

    def fault(self, kind: str, *, on: Optional[str] = None, **keys: Any) -> None:
        """Breaks something, as a step of a scenario does (docs/faults.md): `lab.fault("loss", on="wan_a", loss="3%", as_="bad")`. Returns once it is in force; that
        it is seen on the wire comes later. Raises ConfigError when the lab cannot do that, and nothing has changed then."""
        self._tell({"fault": kind, "on": on, **keys})

    def restore(self, label: str = "all") -> None:
        """Ends one fault, by the name that `as_` gave it (or "KIND WAN"), or all."""
        self._tell({"restore": label})

    def command(self, name: str, **keys: Any) -> None:
        """Runs one of the router profile's commands to its end."""
        self._tell({"command": name, **keys})

    def run_in(self, node: str, *command: str, timeout: Seconds = 30.0, check: bool = True) -> "subprocess.CompletedProcess[str]":
        """Runs a program inside a node, in the lab's sandbox, as `wandrill enter` does. `check`: an exit status other than 0 raises CalledProcessError."""
        if not command:
            raise TypeError("run_in(node, program, argument, …)")
        whole = [str(program()), "enter", str(self.folder), node, "--", *command]
        done = subprocess.run(whole, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=_seconds(timeout), check=False)
        if check and done.returncode != 0:
            raise _CommandFailed(done.returncode, [node, *command], done.stdout, done.stderr)
        return done

    @property
    def egress(self) -> str:
        """The WAN that carries the traffic, as last seen (five times a second); "" while none does."""
        return next((str(wan["name"]) for wan in self._picture.get("wans", []) if wan["active"]), "")

    def wait_for_egress(self, wan: str, *, within: Seconds) -> float:
        """Waits until `wan` carries the traffic; how long that took, in seconds, to a fifth of a second: the result has exact times.
        Raises TimeoutError, and ConfigError for a WAN that there is not."""
        known = [str(one["name"]) for one in self._picture.get("wans", [])]
        if known and wan not in known:
            near = difflib.get_close_matches(wan, known, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(known)}"
            raise ConfigError([Mistake("wait_for_egress", 0, 0, f"there is no WAN '{wan}' ({hint})")])
        begin = time.monotonic()
        while self.egress != wan:
            self._require_alive()
            if time.monotonic() - begin > _seconds(within):
                raise TimeoutError(f"after {_seconds(within):g} s traffic leaves by {self.egress or 'no WAN'} and not by {wan}")
            time.sleep(_LOOK_EVERY)
        return time.monotonic() - begin

    def sleep(self, duration: Seconds) -> None:
        """Lets the traffic go on for a while. Raises what the lab ended by, if it did."""
        end = time.monotonic() + _seconds(duration)
        while (left := end - time.monotonic()) > 0:
            self._require_alive()
            time.sleep(min(left, 10 * _LOOK_EVERY))

    def finish(self) -> Result:
        """Ends the run as a timeline's end does: waits until traffic is back and steady if all was restored, measures, judges. The lab is gone afterwards."""
        if self._result is None:
            process = self._started()
            assert process.stdin is not None
            with contextlib.suppress(BrokenPipeError):
                process.stdin.close()
            try:
                process.wait()
                self._reader.join()
                self._result = _result(self._line, process.returncode, _read(self._complaints))
            except BaseException:
                self._abandon()
                raise
            self._stack.close()
        return self._result

    def close(self) -> None:
        """Ends the lab at once, if it still stands; without a result."""
        if self._process is not None and self._result is None:
            self._abandon()

    @property
    def result(self) -> Result:
        """What finish() gave; the end of the `with` block calls it."""
        if self._result is None:
            raise RuntimeError("this lab has no result yet: it comes at the end of the block, or by finish()")
        return self._result

    def __enter__(self) -> "Lab":
        return self.start()

    def __exit__(self, kind: Optional[type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]) -> None:
        if kind is None:
            self.finish()
        else:
            self._abandon()

    # The line to the program.

    def _listen(self) -> None:
        assert self._process is not None and self._process.stdout is not None
        for text in self._process.stdout:
            try:
                message = json.loads(text)
            except ValueError:
                break
            kind = message.get("type")
            if kind == "progress":
                self._picture = message
            elif kind == "start":
                self._folder = pathlib.Path(message["folder"])
            elif kind in ("steerable", "stepped", "refused"):
                self._answers.put(message)
            elif kind == "result":
                self._line.take(text)
        self._answers.put({"type": "gone"})

    def _wait_for(self, kind: str, within: float) -> None:
        try:
            answer = self._answers.get(timeout=within)
        except queue.Empty:
            raise MachineError(f"the lab did not answer within {within:g} s") from None
        if answer["type"] == "refused":
            raise ConfigError([Mistake("step", 0, 0, message) for message in answer["mistakes"]])
        if answer["type"] != kind:
            self._answers.put(answer)
            self._raise_end()

    def _tell(self, step: dict[str, Any]) -> None:
        process = self._started()
        self._require_alive()
        assert process.stdin is not None
        try:
            process.stdin.write(_flow(_keys(step)) + "\n")
            process.stdin.flush()
        except BrokenPipeError:
            self._raise_end()
        self._wait_for("stepped", _ANSWERS_WITHIN)

    def _started(self) -> "subprocess.Popen[str]":
        if self._process is None:
            raise RuntimeError("this lab does not stand yet: enter the block, or call start()")
        if self._result is not None:
            raise RuntimeError("this lab is gone: its run has ended")
        return self._process

    def _require_alive(self) -> None:
        if self._started().poll() is not None:
            self._raise_end()

    def _raise_end(self) -> None:
        """The lab ended by itself: raises why."""
        process = self._started()
        process.wait()
        self._reader.join()
        result = _result(self._line, process.returncode, _read(self._complaints))
        raise MachineError(f"the lab ended: {result.reason or result.sentence}\nRun folder: {result.folder}")

    def _abandon(self) -> None:
        process = self._process
        if process is not None:
            for stop in (signal.SIGINT, signal.SIGKILL):
                if process.poll() is None:
                    with contextlib.suppress(ProcessLookupError):
                        process.send_signal(stop)
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        process.wait(timeout=30)
            self._reader.join(timeout=30)
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
        self._stack.close()

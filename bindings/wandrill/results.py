# SPDX-License-Identifier: Apache-2.0
"""Results of runs, as objects. They hold what result.json holds (docs/result-json.md) and compute nothing of their own."""
from __future__ import annotations

import dataclasses
import datetime
import enum
import json
import os
import pathlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Optional, Union

from .errors import MachineError

if TYPE_CHECKING:
    from .recording import Recording

SCHEMA = 1  # of result.json; see docs/result-json.md

Value = Union[datetime.timedelta, float]


class Outcome(str, enum.Enum):
    """How a run ended. INCONCLUSIVE: the tester itself was too unwell to tell, which is no pass."""

    PASS = "pass"
    FAIL = "fail"
    ERROR = "error"
    INCONCLUSIVE = "inconclusive"
    SKIPPED = "skipped"
    INTERRUPTED = "interrupted"

    def __str__(self) -> str:
        return self.value


def _typed(number: Optional[float], unit: str) -> Optional[Value]:
    if number is None:
        return None
    return datetime.timedelta(seconds=number) if unit == "s" else float(number)


def _text(value: Optional[Value], unit: str) -> str:
    if value is None:
        return "–"
    if isinstance(value, datetime.timedelta):
        seconds = value.total_seconds()
        return f"{seconds:.3g} s" if abs(seconds) >= 1 else f"{seconds * 1000:.3g} ms"
    return f"{value:.4g}" + ("" if unit == "1" else f" {unit}")


@dataclasses.dataclass(frozen=True)
class Measurement:
    """A number with its accuracy. `value` is a timedelta where `unit` is "s", else a float; None: it never happened, or there was nothing to
    measure, and `note` says which. `accuracy` is ± in the same unit; `tester_share` is how much of it the tester may have caused."""

    metric: str
    value: Optional[Value]
    unit: str
    accuracy: Value
    tester_share: Value
    note: str = ""

    @property
    def number(self) -> Optional[float]:
        """The value as a float, times in seconds."""
        return self.value.total_seconds() if isinstance(self.value, datetime.timedelta) else self.value

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __str__(self) -> str:
        accuracy = f" ± {_text(self.accuracy, self.unit)}" if self.value is not None and self.accuracy else ""
        return _text(self.value, self.unit) + accuracy + (f" ({self.note})" if self.note else "")


@dataclasses.dataclass(frozen=True)
class Expectation:
    """Something that had to hold, and whether it did."""

    text: str
    metric: str
    outcome: Outcome
    measured: Optional[Value]
    found: str
    unit: str
    bound: str
    accuracy: Value
    reason: str
    place: str
    broken_from: Optional[datetime.timedelta]
    broken_until: Optional[datetime.timedelta]
    evidence: str

    def __str__(self) -> str:
        return f"{self.outcome}: {self.text}: {self.found or _text(self.measured, self.unit)}, wanted {self.bound}. {self.reason}"


@dataclasses.dataclass(frozen=True)
class Transition:
    """A change of the WAN that traffic leaves by, or a failover that should have come. Instants count from the start of the run."""

    kind: str
    number: int
    label: str
    what: str
    from_wan: str
    to_wan: str
    missed: bool
    observed: Optional[datetime.timedelta]
    first_packet: Optional[datetime.timedelta]
    converged: Optional[datetime.timedelta]
    detection_time: Optional[Measurement]
    first_route_convergence_time: Optional[Measurement]
    full_convergence_time: Optional[Measurement]


@dataclasses.dataclass(frozen=True)
class Finding:
    """What is wrong, what shows it and what to change."""

    bucket: str
    title: str
    evidence: str
    advice: str


def _measurement(name: str, entry: Optional[Mapping[str, Any]]) -> Optional[Measurement]:
    if entry is None:
        return None
    unit = entry["unit"]
    return Measurement(name, _typed(entry["value"], unit), unit, _typed(entry["accuracy"], unit) or 0.0, _typed(entry.get("tester_share", 0.0), unit) or 0.0, entry.get("note", ""))


def _instant(seconds: Optional[float]) -> Optional[datetime.timedelta]:
    return None if seconds is None else datetime.timedelta(seconds=seconds)


class Result(Mapping[str, Measurement]):
    """The result of a run: `result["call.up.longest_gap"].value`. The names are those of docs/metrics.md."""

    def __init__(self, document: Mapping[str, Any], base: Union[str, "os.PathLike[str]"] = ".") -> None:
        """`document`: what result.json holds. `base`: the folder that its paths count from."""
        schema = document.get("schema") if isinstance(document, Mapping) else None
        if schema != SCHEMA:
            raise MachineError(f"this result has schema {schema}, and this package reads schema {SCHEMA}: take the wandrill that goes with it")
        if not isinstance(document.get("measurements"), Mapping) or document.get("outcome") not in [str(outcome) for outcome in Outcome]:
            raise MachineError("this result is damaged: wandrill wrote no such document")
        self._document = dict(document)
        self._base = pathlib.Path(base)

    @classmethod
    def open(cls, folder: Union[str, "os.PathLike[str]"]) -> "Result":
        """What a run left in its folder. Raises MachineError when there is no result in it, or a damaged one."""
        path = pathlib.Path(os.fsdecode(folder))
        if path.is_dir() and not (path / "result.json").exists() and (path / "plan.yaml").exists():
            raise MachineError(f"{path}: has no result.json: the run is still going on, or was killed; wandrill.report() judges what it recorded")
        try:
            document = json.loads((path / "result.json").read_text(encoding="utf-8"))
        except OSError as error:
            raise MachineError(f"{path}: is no folder of a finished run: {error.strerror}") from error
        except ValueError as error:
            raise MachineError(f"{path / 'result.json'}: is damaged: {error}") from error
        result = cls(document)
        result._document["folder"] = str(path.absolute())
        return result

    def __getitem__(self, metric: str) -> Measurement:
        entries = self._document["measurements"]
        if not isinstance(metric, str):
            raise KeyError(f"metrics have names, and {metric!r} is none")
        if metric not in entries:
            import difflib  # only for this

            near = difflib.get_close_matches(metric, entries, n=1)
            raise KeyError(f"this run has no metric '{metric}'" + (f" (did you mean '{near[0]}'?)" if near else ""))
        found = _measurement(metric, entries[metric])
        assert found is not None
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._document["measurements"])

    def __len__(self) -> int:
        return len(self._document["measurements"])

    @property
    def outcome(self) -> Outcome:
        return Outcome(self._document["outcome"])

    @property
    def passed(self) -> bool:
        """The router held everything. An inconclusive run did not pass."""
        return self.outcome is Outcome.PASS

    @property
    def sentence(self) -> str:
        """What the people using the network went through, in one sentence."""
        return str(self._document["sentence"])

    @property
    def reason(self) -> str:
        """Why this outcome, when it is not one of the expectations."""
        return str(self._document["reason"])

    @property
    def scenario(self) -> str:
        return str(self._document["scenario"])

    @property
    def router(self) -> str:
        return str(self._document["router"])

    @property
    def seed(self) -> int:
        return int(self._document["seed"])

    @property
    def folder(self) -> pathlib.Path:
        """The run folder."""
        return (self._base / str(self._document["folder"])).absolute()

    @property
    def expectations(self) -> tuple[Expectation, ...]:
        """In the order of the scenario, then those that every run must hold."""
        return tuple(
            Expectation(entry["text"], entry["metric"], Outcome(entry["outcome"]), _typed(entry["measured"], entry["unit"]), entry["found"], entry["unit"], entry["bound"],
                        _typed(entry["accuracy"], entry["unit"]) or 0.0, entry["reason"], entry["place"], _instant(entry["broken_from_s"]), _instant(entry["broken_until_s"]),
                        entry.get("evidence", ""))
            for entry in self._document["expectations"])

    @property
    def failed(self) -> tuple[Expectation, ...]:
        return tuple(expectation for expectation in self.expectations if expectation.outcome is Outcome.FAIL)

    @property
    def transitions(self) -> tuple[Transition, ...]:
        def of(entry: Mapping[str, Any]) -> Transition:
            name = f"{entry['kind']}.{entry['number']}."
            times = (_measurement(name + key, entry[key]) for key in ("detection_time", "first_route_convergence_time", "full_convergence_time"))
            return Transition(entry["kind"], entry["number"], entry["label"], entry["what"], entry["from_wan"], entry["to_wan"], entry["missed"],
                              _instant(entry["observed_s"]), _instant(entry["first_packet_s"]), _instant(entry["converged_s"]), *times)

        return tuple(of(entry) for entry in self._document["transitions"])

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The most urgent first."""
        return tuple(Finding(entry["bucket"], entry["title"], entry["evidence"], entry["advice"]) for entry in self._document["findings"])

    @property
    def trials(self) -> tuple["Result", ...]:
        """Of a scenario with several trials: each of them. Empty otherwise."""
        return tuple(Result.open(self._base / trial["folder"]) for trial in self._document["trials"])

    @property
    def recording(self) -> "Recording":
        """Every packet of the run."""
        from .recording import Recording

        return Recording(self.folder)

    def to_dict(self) -> dict[str, Any]:
        """The document, as docs/result-json.md describes it."""
        copy: dict[str, Any] = json.loads(json.dumps(self._document))
        return copy

    def to_dataframe(self) -> Any:
        """The measurements as a pandas DataFrame: a row per metric, times in seconds. Raises ImportError without pandas."""
        import pandas

        rows = [(name, measurement.number, measurement.unit) for name, measurement in self.items()]
        frame = pandas.DataFrame(rows, columns=["metric", "value", "unit"]).set_index("metric")
        entries = self._document["measurements"]
        for column in ("accuracy", "tester_share", "note"):
            frame[column] = [entries[name].get(column) for name in frame.index]
        return frame

    def __str__(self) -> str:
        lines = [f"{self.outcome.value.upper()}: {self.scenario} on {self.router}", self.sentence or self.reason]
        lines += [f"  {expectation}" for expectation in self.expectations]
        for finding in self.findings:
            lines += [f"{finding.bucket}: {finding.title}", f"  Evidence: {finding.evidence}", f"  Advice: {finding.advice}"]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<wandrill.Result {self.scenario} on {self.router}: {self.outcome}>"

    def _repr_html_(self) -> str:
        """For notebooks: the sentence, a table of what was expected and the timeline."""
        from .notebook import result_as_html

        return result_as_html(self)



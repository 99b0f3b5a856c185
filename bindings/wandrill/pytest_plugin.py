# SPDX-License-Identifier: Apache-2.0
"""Drills as tests: pytest collects *.drill.yaml, one test per scenario and router, and runs those of @pytest.mark.wandrill."""
from __future__ import annotations

import contextlib
import pathlib
from collections.abc import Callable, Iterator
from typing import Any, Optional, Union

import pytest

from .errors import ConfigError, MachineError
from .lab import Lab
from .plans import plan
from .results import Outcome, Result
from .running import run
from .scenario import Scenario

_INCONCLUSIVE = "wandrill_inconclusive"


class DrillFailed(Exception):
    """The router did not hold what the scenario expects; the text is for people."""


class DrillInconclusive(Exception):
    """The tester was too unwell to tell."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("wandrill", "drills of dual-WAN routers")
    group.addoption("--wandrill-router", action="append", default=[], metavar="ROUTER", help="play every drill with this router (a profile's name or a .yaml file); may be given several times")
    group.addoption("--wandrill-engine", default=None, choices=["auto", "netem", "wire"], help="what impairs the links")
    group.addoption("--wandrill-vm", action="store_true", help="in a VM with a stock kernel")
    group.addoption("--wandrill-inconclusive", default="fail", choices=["fail", "xfail", "skip"],
                    help="what a drill counts as that the tester was too unwell for: a failure (the default), an expected one, or a skip")
    parser.addini("wandrill_runs", "where the run folders go (from the rootdir)", default="runs")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "wandrill(scenario, router=None, seed=None, trials=None): plays the drill; its result is the fixture wandrill_result")


def _check(result: Result, config: pytest.Config) -> None:
    """What of a result is no matter of the router's; returns when it passed or failed."""
    if result.outcome is Outcome.SKIPPED:
        pytest.skip(result.reason)
    if result.outcome is Outcome.INTERRUPTED:
        raise KeyboardInterrupt
    if result.outcome is Outcome.ERROR:
        raise MachineError(f"{result.reason}\nRun folder: {result.folder}")
    if result.outcome is not Outcome.INCONCLUSIVE:
        return
    why = result.reason or result.sentence
    how = config.getoption("--wandrill-inconclusive")
    told = f"inconclusive: {why} (run folder: {result.folder})"
    if how == "xfail":
        pytest.xfail(told)
    if how == "skip":
        pytest.skip(told)
    raise DrillInconclusive(f"{result}\nRun folder: {result.folder}")


def _play(config: pytest.Config, scenario: Union[str, pathlib.Path], router: Optional[str], **options: Any) -> Result:
    return run(scenario, router=router, engine=config.getoption("--wandrill-engine"), vm=config.getoption("--wandrill-vm"), out=config.rootpath / config.getini("wandrill_runs"), **options)


def pytest_collect_file(file_path: pathlib.Path, parent: pytest.Collector) -> Optional["DrillFile"]:
    if not file_path.name.endswith(".drill.yaml"):
        return None
    file: DrillFile = DrillFile.from_parent(parent, path=file_path)
    return file


class DrillFile(pytest.File):
    def collect(self) -> Iterator["DrillItem"]:
        for router in self.config.getoption("--wandrill-router") or [None]:
            try:
                known = plan(self.path, router=router)
            except (ConfigError, MachineError) as error:
                raise self.CollectError(str(error)) from None
            yield DrillItem.from_parent(self, name=f"{known.name}[{known.router}]", router=router)


class DrillItem(pytest.Item):
    def __init__(self, *, router: Optional[str], **keys: Any) -> None:
        super().__init__(**keys)
        self.router = router

    def runtest(self) -> None:
        result = _play(self.config, self.path, self.router)
        self.user_properties.append(("wandrill_folder", str(result.folder)))
        _check(result, self.config)
        if not result.passed:
            raise DrillFailed(f"{result}\nRun folder: {result.folder}")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What a human needs, without the way through this plugin."""
        if isinstance(excinfo.value, (DrillFailed, DrillInconclusive, ConfigError, MachineError)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[pathlib.Path, Optional[int], str]:
        return self.path, None, f"drill {self.name}"


def _marked(node: Any) -> Any:
    """The scenario that a test's mark names, and the mark's other arguments; raises UsageError for a mark that is none."""
    mark = node.get_closest_marker("wandrill")
    if mark is None:
        return None
    names = [*mark.args, *([mark.kwargs["scenario"]] if "scenario" in mark.kwargs else [])]
    options = {key: value for key, value in mark.kwargs.items() if key not in ("scenario", "router")}
    wrong = sorted(set(options) - {"seed", "trials", "capture"})
    if len(names) != 1 or not isinstance(names[0], (str, pathlib.PurePath)) or wrong:
        raise pytest.UsageError(f"{node.nodeid}: @pytest.mark.wandrill takes one scenario file and router, seed, trials, capture, and not {mark.args} {mark.kwargs}")
    return names[0], mark.kwargs.get("router"), options


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    marked = _marked(metafunc.definition)
    if marked is None:
        return
    scenario, own, options = marked
    if "wandrill_result" not in metafunc.fixturenames:
        raise pytest.UsageError(f"{metafunc.definition.nodeid} is marked with a drill and does not take its result: add the argument wandrill_result")
    routers = metafunc.config.getoption("--wandrill-router") or [own]
    names = []
    for router in routers:
        try:
            names.append(plan(metafunc.definition.path.parent / scenario, router=router, seed=options.get("seed"), trials=options.get("trials")).router)
        except (ConfigError, MachineError, TypeError) as error:
            raise pytest.Collector.CollectError(f"{metafunc.definition.nodeid}: {error}") from None
    metafunc.parametrize("wandrill_result", routers, ids=names, indirect=True)


@pytest.fixture
def wandrill_result(request: pytest.FixtureRequest) -> Result:
    """The result of the drill that @pytest.mark.wandrill(scenario) of the test names: it passed or failed; nothing else comes as far as the test. Paths count
    from the test's own folder. Each test plays its own drill."""
    marked = _marked(request.node)
    if marked is None or not hasattr(request, "param"):
        raise pytest.UsageError(f"{request.node.nodeid}: wandrill_result is an argument of a test function that is marked itself, as its class or module may be: @pytest.mark.wandrill('NAME.yaml')")
    scenario, _, options = marked
    result = _play(request.config, request.path.parent / scenario, request.param, **options)
    _check(result, request.config)
    return result


@pytest.fixture
def wandrill_lab(request: pytest.FixtureRequest) -> Iterator[Callable[..., Lab]]:
    """A function that makes a lab and has it stand: `lab = wandrill_lab("NAME.yaml", router="reference")`, with the options of wandrill.Lab. Paths count from the
    test's own folder. A router of --wandrill-router takes the place of the test's own; of several, the first. A lab that the test has not finished ends with the test, without a result."""
    with contextlib.ExitStack() as stack:
        def make(scenario: Union[str, pathlib.Path, Scenario], **options: Any) -> Lab:
            config = request.config
            options.setdefault("engine", config.getoption("--wandrill-engine"))
            options.setdefault("out", config.rootpath / config.getini("wandrill_runs"))
            routers = config.getoption("--wandrill-router")
            if routers:
                options["router"] = routers[0]
            lab = Lab(scenario if isinstance(scenario, Scenario) else request.path.parent / scenario, **options)
            stack.callback(lab.close)
            return lab.start()

        yield make


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """pytest shows reasons of outcomes that it knows; ours has its own."""
    reports = terminalreporter.getreports("inconclusive")
    if not reports:
        return
    terminalreporter.section("inconclusive: the tester was too unwell to tell", sep="=", yellow=True)
    for report in reports:
        terminalreporter.write_line(f"{report.nodeid}", bold=True)
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else getattr(report, "wasxfail", "") or str(report.longrepr)
        terminalreporter.write_line(reason.removeprefix("reason: "))


@pytest.hookimpl(hookwrapper=True)  # type: ignore[misc]
def pytest_runtest_makereport(item: pytest.Item, call: "pytest.CallInfo[None]") -> Iterator[None]:
    outcome: Any = yield
    report = outcome.get_result()
    if call.excinfo is None:
        return
    # A skip or an xfail that stands for an inconclusive drill says so in its reason.
    if isinstance(call.excinfo.value, DrillInconclusive) or str(getattr(call.excinfo.value, "msg", "")).startswith("inconclusive: "):
        report.user_properties.append((_INCONCLUSIVE, True))


def pytest_report_teststatus(report: Any, config: pytest.Config) -> Any:
    """Inconclusive is an outcome of its own: neither the router's failure nor something that was not tried."""
    if (_INCONCLUSIVE, True) in [tuple(entry) for entry in getattr(report, "user_properties", [])] and (report.failed or report.skipped):
        return "inconclusive", "I", ("INCONCLUSIVE", {"yellow": True})
    return None

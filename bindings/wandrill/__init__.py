# SPDX-License-Identifier: Apache-2.0
"""Crash-tests dual-WAN routers: live traffic, broken links, a verdict.

>>> import wandrill
>>> result = wandrill.run("scenarios/live-call-disconnect.yaml", router="reference")
>>> result.passed, result["call.up.longest_gap"].value
"""
from __future__ import annotations

from ._core import VERSION as __version__
from .attached import Attached, attach
from .errors import ConfigError, MachineError, Mistake
from .lab import Lab
from .plans import Plan, plan, program, schema, validate
from .results import Expectation, Finding, Measurement, Outcome, Result, Transition
from .running import report, run, run_async
from .scenario import Scenario

open_run = Result.open

__all__ = [
    "Attached", "ConfigError", "Expectation", "Finding", "Lab", "MachineError", "Measurement", "Mistake", "Outcome", "Plan", "Result", "Scenario", "Transition", "__version__", "attach", "open_run", "plan",
    "program", "report", "run", "run_async", "schema", "validate",
]

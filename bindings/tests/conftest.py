# SPDX-License-Identifier: Apache-2.0
import pathlib

import pytest

import wandrill

pytest_plugins = ["pytester"]
TREE = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def tree() -> pathlib.Path:
    return TREE


@pytest.fixture(scope="session")
def drilled(tmp_path_factory: pytest.TempPathFactory) -> wandrill.Result:
    """A run of the shipped example, conclusive."""
    for _ in range(3):
        result = wandrill.run(TREE / "bindings/examples/blackhole.drill.yaml", out=tmp_path_factory.mktemp("runs"))
        if result.outcome is not wandrill.Outcome.INCONCLUSIVE:
            break
    return result

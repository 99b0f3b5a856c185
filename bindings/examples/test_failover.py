# SPDX-License-Identifier: Apache-2.0
"""Drills as tests: pytest --wandrill-router ROUTER bindings/examples"""
from datetime import timedelta

import pytest

import wandrill


@pytest.mark.wandrill("blackhole.drill.yaml", seed=7)
def test_the_router_leaves_a_dead_line_within_three_seconds(wandrill_result: wandrill.Result) -> None:
    assert wandrill_result.passed, str(wandrill_result)
    failover = next(one for one in wandrill_result.transitions if one.kind == "failover")
    assert failover.first_route_convergence_time is not None
    took = failover.first_route_convergence_time.value
    assert isinstance(took, timedelta) and took < timedelta(seconds=3)


@pytest.mark.wandrill("blackhole.drill.yaml", seed=8)
def test_what_was_lost_is_what_the_packets_say(wandrill_result: wandrill.Result) -> None:
    recording = wandrill_result.recording
    flow = recording.flow("call.up")
    sent = set(recording.sent.column("sequence", flow).tolist())
    received = set(recording.received.column("sequence", flow).tolist())
    assert received <= sent
    assert len(sent - received) >= wandrill_result.to_dict()["flows"]["call.up"]["lost"]

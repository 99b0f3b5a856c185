# SPDX-License-Identifier: Apache-2.0
import json
import os
import types

import pytest

import wandrill


def network(roles=None):
    return types.SimpleNamespace(hosts=[], links=[], topo=types.SimpleNamespace(**({"wandrill": roles} if roles else {})))


@pytest.fixture
def told(monkeypatch, tmp_path):
    """What a program in wandrill's place is told by `--attach`."""
    program = tmp_path / "wandrill"
    program.write_text(f"#!/bin/sh\nprintf '%s\\n' \"$@\" > {tmp_path}/words\necho '--attach: not today' >&2\nexit 2\n")
    program.chmod(0o755)
    monkeypatch.setenv("WANDRILL", str(program))

    def run(attached):
        with pytest.raises(wandrill.ConfigError, match="not today"):
            attached.run("any.yaml", seed=7, out=tmp_path / "runs")
        words = (tmp_path / "words").read_text().splitlines()
        assert words[:2] == ["run", "any.yaml"]
        kind, _, parts = words[words.index("--attach") + 1].partition(":")
        assert kind == "mininet"
        return json.loads(parts)
    return run


def test_a_network_is_named_by_the_process_that_holds_it(told):
    assert told(wandrill.attach(network())) == {"pid": os.getpid()}


def test_parts_of_nodes_are_the_topologys_unless_they_are_given(told):
    topology = {"router": "r0", "wans": {"fibre": {"interface": "r0-eth1"}}, "inside": ["r0-eth0"], "switch": "ovs"}
    assert told(wandrill.attach(network(topology))) == {
        "pid": os.getpid(), "router": "r0", "wans": {"fibre": {"interface": "r0-eth1"}}, "inside": ["r0-eth0"]}
    topology.pop("inside")
    assert told(wandrill.attach(network(topology), inside=["r0-eth5"]))["inside"] == ["r0-eth5"]
    port = types.SimpleNamespace(name="r0-eth1")
    assert told(wandrill.attach(network(topology), wans={"fibre": port}))["wans"] == {"fibre": {"interface": "r0-eth1"}}
    assert told(wandrill.attach(network(topology), router=types.SimpleNamespace(name="r9"), wans={"dsl": "r9-eth3", "lte": {"interface": "r9-eth4", "priority": 7}})) == {
        "pid": os.getpid(), "router": "r9", "wans": {"dsl": {"interface": "r9-eth3"}, "lte": {"interface": "r9-eth4", "priority": 7}}}


def test_what_is_no_network_is_named():
    with pytest.raises(TypeError, match="net: a mininet.net.Mininet"):
        wandrill.attach("mininet")
    with pytest.raises(TypeError, match="wans: a map from a WAN's name"):
        wandrill.attach(network(), wans=["r0-eth1"])
    with pytest.raises(TypeError, match="wans: fibre: the router's interface"):
        wandrill.attach(network(), wans={"fibre": 7})


def test_without_a_network_a_drill_says_what_to_do(tmp_path, tree):
    with pytest.raises(wandrill.MachineError, match="as root|no Mininet network|holds no Mininet network"):
        wandrill.attach(network()).run(tree / "scenarios/mininet-linux-router.yaml", out=tmp_path)

# SPDX-License-Identifier: Apache-2.0
import copy
import datetime

import pytest

import wandrill


def cut(**keys):
    return (wandrill.Scenario("cut", topology="home_office", router="reference", **keys)
            .traffic("call", kind="rtp", from_="desk_phone", to="pbx")
            .step(at="1s", fault="carrier", on="wan_a", as_="cut")
            .step(wait=datetime.timedelta(seconds=5), restore="cut")
            .expect(metric="call.up.longest_gap", at_most="3s"))


def test_a_plan_is_what_the_program_plans(tree):
    plan = wandrill.plan(tree / "scenarios/live-call-disconnect.yaml", seed=2**63)
    assert plan.name == "live-call-disconnect"
    assert plan.router == "reference"
    assert plan.seed == 2**63
    assert plan.wans == ("wan_a", "wan_b")
    assert plan.flows[:2] == ("call.up", "call.down")
    assert "Timeline" in str(plan)
    assert plan.to_yaml().startswith('scenario: "live-call-disconnect"')
    assert wandrill.plan(tree / "scenarios/live-call-disconnect.yaml", router="broken/no-hold-down").router == "broken/no-hold-down"


def test_every_mistake_of_a_file_is_told_with_its_place(tmp_path):
    file = tmp_path / "wrong.yaml"
    file.write_text("scenario: wrong\ntopology: home_office\ntraffic:\n  call: {kind: rtq, from: desk_phone, to: pbx}\ntimeline:\n  - {at: 1s, fault: carier, on: wan_a}\n")
    with pytest.raises(wandrill.ConfigError) as caught:
        wandrill.plan(file)
    assert [(mistake.line, mistake.column) for mistake in caught.value.mistakes] == [(4, 16), (6, 21)]
    assert caught.value.mistakes[0].file == str(file)
    assert "rtp" in caught.value.mistakes[0].message
    assert str(caught.value).count("\n") == 1
    assert wandrill.validate(file) == list(caught.value.mistakes)


def test_files_that_are_not_there_and_options_that_do_not_fit_are_mistakes_too(tree, tmp_path):
    for options in ({"router": "refrence"}, {"engine": "relay"}, {"trials": 0}):
        with pytest.raises(wandrill.ConfigError):
            wandrill.plan(tree / "scenarios/failback.yaml", **options)
    with pytest.raises(wandrill.ConfigError):
        wandrill.plan(tmp_path / "nothing.yaml")
    with pytest.raises(wandrill.ConfigError, match="is a folder; a router is a name or a path ending in .yaml"):
        wandrill.plan(tree / "scenarios/failback.yaml", router=tmp_path)
    with pytest.raises(wandrill.ConfigError, match="seed: -1 is no whole number from 0 to 18446744073709551615"):
        wandrill.plan(tree / "scenarios/failback.yaml", seed=-1)
    for options in ({"seed": "7"}, {"seed": True}, {"trials": 1.5}, {"engine": b"wire"}, {"router": 5}):
        with pytest.raises(TypeError, match=next(iter(options))):
            wandrill.plan(tree / "scenarios/failback.yaml", **options)
    with pytest.raises(TypeError, match="scenario: a path"):
        wandrill.plan(5)


def test_a_scenario_built_in_code_is_planned_as_its_yaml(tmp_path):
    scenario = cut(description='what "it" is: a cut, no more')
    plan = wandrill.plan(scenario)
    file = tmp_path / "cut.yaml"
    file.write_text(scenario.to_yaml())
    theirs = wandrill.plan(file).to_dict()
    ours = plan.to_dict()
    for one in (ours, theirs):
        one["file"] = ""
        for expectation in one["expectations"]:
            expectation["where"] = ""
    assert ours == theirs
    assert ours["description"] == 'what "it" is: a cut, no more'


def test_mistakes_in_code_say_which_line_they_are_in():
    scenario = cut().step(wait="1s", fault="carrier", on="wan_c")
    with pytest.raises(wandrill.ConfigError) as caught:
        wandrill.plan(scenario)
    (mistake,) = caught.value.mistakes
    assert mistake.file == "<scenario cut>"
    assert "wan_c" in mistake.message
    assert "(in: - {wait: 1s" in mistake.message


@pytest.mark.parametrize("text", ["on", "null", "~", "*a", "a: b", "1e3", "{a: b} # no comment, é", "-", "'", '"', "2026-11-30"])
def test_words_of_yaml_survive_as_text(text):
    assert wandrill.plan(cut(description=text)).to_dict()["description"] == text


@pytest.mark.parametrize("name", ["*a", "a: b", "a\nb", "x: {kind: rtp, from: laptop, to: pbx}\n  y"])
def test_names_do_not_become_yaml(name):
    with pytest.raises(wandrill.ConfigError, match="name|YAML|letter"):
        wandrill.plan(cut().traffic(name, kind="rtp", from_="laptop", to="pbx"))


def test_what_no_scenario_holds_is_refused_where_it_is_written():
    endless = []
    endless.append(endless)
    for value in (endless, object(), {1: 2}, b"bytes"):
        with pytest.raises(TypeError):
            cut().step(at=value)
    with pytest.raises(TypeError, match="there is a session 'call' already"):
        cut().traffic("call", kind="rtp")
    with pytest.raises(TypeError, match="'from' is given twice"):
        cut().traffic("other", **{"from": "laptop", "from_": "laptop"})
    assert "router" not in wandrill.Scenario("bare", topology="home_office", router=None).to_yaml()  # as if it were not there
    assert "at_most: 0.0000001" in cut().expect(metric="call.up.loss", at_most=1e-7).to_yaml()


def test_a_copy_has_steps_of_its_own():
    first = cut()
    second = copy.copy(first)
    assert first == second
    second.step(wait="1s")
    assert first != second


def test_files_of_the_users_are_sought_from_the_scenarios_folder(tmp_path):
    (tmp_path / "mine.yaml").write_text("router: mine\nextends: reference\n")
    scenario = wandrill.Scenario("cut", topology="home_office", router="mine.yaml", folder=tmp_path).traffic("call", kind="rtp", from_="laptop", to="pbx").step(
        at="1s", fault="carrier", on="wan_a")
    assert wandrill.plan(scenario).router == "mine"


def test_the_program_is_found_or_named(monkeypatch, tmp_path):
    assert wandrill.program().name == "wandrill"
    monkeypatch.setenv("WANDRILL", str(tmp_path / "nothing"))
    with pytest.raises(wandrill.MachineError, match="cannot be started"):
        wandrill.program()


def test_a_link_that_is_told_no_number_is_refused_by_its_name(tree, tmp_path):
    pytest.importorskip("mininet.topo")
    for wrong, said in (("bw=float('inf')", 'bw="inf": it takes a number'), ("delay=float('nan')", "delay='nan': it is no time")):
        branch = (tree / "topologies/mininet/linux_router.py").read_text().replace("bw=20, delay=delay", wrong)
        assert wrong in branch
        file = tmp_path / "wrong.py"
        file.write_text(branch)
        mistakes = wandrill.validate(tree / "scenarios/mininet-linux-router.yaml", topology=file)
        assert any(f"r0-eth1 of r0: {said}" in mistake.message for mistake in mistakes), mistakes

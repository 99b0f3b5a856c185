# SPDX-License-Identifier: Apache-2.0
import shutil

import pytest


@pytest.fixture
def examples(pytester, tree):
    for name in ("blackhole.drill.yaml", "test_failover.py"):
        shutil.copy(tree / "bindings/examples" / name, pytester.path)
    return pytester


def test_examples_are_collected_with_stable_names(examples):
    listed = examples.runpytest_subprocess("--collect-only", "-q", "--wandrill-router", "reference", "--wandrill-router", "broken/no-hold-down")
    listed.stdout.fnmatch_lines(["blackhole.drill.yaml::blackhole[[]reference[]]", "blackhole.drill.yaml::blackhole[[]broken/no-hold-down[]]",
                                 "test_failover.py::test_the_router_leaves_a_dead_line_within_three_seconds[[]reference[]]"])


def test_a_good_router_passes_and_a_broken_one_fails_with_a_sentence(examples):
    done = examples.runpytest_subprocess("-q", "-n", "2", "--wandrill-inconclusive", "skip", "--wandrill-router", "reference")
    outcomes = done.parseoutcomes()
    assert "failed" not in outcomes and "error" not in outcomes, outcomes
    assert outcomes.get("passed", 0) + outcomes.get("inconclusive", 0) == 3
    done = examples.runpytest_subprocess("-q", "blackhole.drill.yaml", "--wandrill-router", "broken/detection-disabled")
    assert done.ret == 1
    done.stdout.fnmatch_lines(["*FAIL: blackhole on broken/detection-disabled*", "*wan_a*", "*the router leaves every WAN that fails*", "*Run folder: *"])
    done.stdout.no_fnmatch_line("*Traceback*")
    done.stdout.no_fnmatch_line("*pytest_plugin.py*")


def test_a_mistake_in_yaml_is_a_collection_error_with_its_place(pytester):
    pytester.makefile(".drill.yaml", wrong="scenario: wrong\ntopology: home_office\nrouter: refrence\ntimeline:\n  - {at: 1s, fault: carrier, on: wan_a}\n")
    done = pytester.runpytest_subprocess("-q")
    assert done.ret == 2
    done.stdout.fnmatch_lines(["*wrong.drill.yaml:3:9: *refrence*reference*"])


@pytest.mark.parametrize("how, ret, word", [("fail", 1, "1 inconclusive"), ("xfail", 0, "1 inconclusive"), ("skip", 0, "1 inconclusive")])
def test_inconclusive_is_an_outcome_of_its_own(examples, how, ret, word):
    # A made-up result: no machine can be asked to be unwell.
    examples.makeconftest("""
        import json, pathlib
        import wandrill
        from wandrill import pytest_plugin

        def unwell(config, scenario, router, **options):
            document = {"schema": 1, "outcome": "inconclusive", "sentence": "The tester stalled too often.", "reason": "", "scenario": "blackhole", "router": "reference",
                        "seed": 1, "folder": ".", "expectations": [], "findings": [], "measurements": {}, "transitions": [], "trials": []}
            return wandrill.Result(document)

        pytest_plugin._play = unwell
    """)
    done = examples.runpytest_subprocess("-q", "-rA", "blackhole.drill.yaml", "--wandrill-inconclusive", how)
    assert done.ret == ret
    # Why, and where the packets are.
    done.stdout.fnmatch_lines(["*blackhole.drill.yaml::blackhole*", *(["*The tester stalled too often.*", "*Run folder: *"] if how == "fail" else ["*The tester stalled too often.*run folder: *"]),
                                   f"*{word}*"])


def test_a_mark_that_nothing_reads_is_a_mistake(examples):
    examples.makepyfile("""
        import pytest

        @pytest.mark.wandrill("blackhole.drill.yaml")
        def test_forgot():
            pass
    """)
    done = examples.runpytest_subprocess("-q", "test_a_mark_that_nothing_reads_is_a_mistake.py")
    assert done.ret != 0
    done.stdout.fnmatch_lines(["*test_forgot is marked with a drill and does not take its result*"])


@pytest.mark.parametrize("mark, words", [("'nothing.yaml'", "*nothing.yaml: there is no such file*"), ("'blackhole.drill.yaml', sed=7", "*takes one scenario file and router, seed*"),
                                         ("None", "*takes one scenario file*"), ("'blackhole.drill.yaml', router='refrence'", "*refrence*reference*")])
def test_what_is_wrong_with_a_mark_is_told_at_collection(examples, mark, words):
    examples.makepyfile(f"""
        import pytest

        @pytest.mark.wandrill({mark})
        def test_drill(wandrill_result):
            pass
    """)
    done = examples.runpytest_subprocess("-q", "--collect-only", "test_what_is_wrong_with_a_mark_is_told_at_collection.py")
    assert done.ret != 0
    done.stdout.fnmatch_lines([words])

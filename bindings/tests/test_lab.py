# SPDX-License-Identifier: Apache-2.0
"""Labs that stand while Python breaks them."""
import subprocess

import pytest

import wandrill

from test_running import mark  # noqa: F401  a fixture: nothing is left of what a test starts


def office(**keys):
    return (wandrill.Scenario("office", topology="home_office", **keys)
            .traffic("call", kind="rtp", from_="desk_phone", to="pbx")
            .traffic("ruler", kind="probe", from_="laptop", to="web", interval="5ms"))


def test_a_lab_is_broken_and_mended_when_python_says_so(mark, tmp_path):
    with wandrill.Lab(office(), router="reference", out=tmp_path) as lab:
        assert lab.egress == "wan_a"
        lab.fault("blackhole", on="wan_a", as_="cut")
        assert lab.wait_for_egress("wan_b", within=15) < 15
        routes = lab.run_in("router", "ip", "-4", "route", "show", "table", "all", "default")
        assert "wan_b" in routes.stdout
        with pytest.raises(subprocess.CalledProcessError, match="'false'.*exit status 1"):
            lab.run_in("router", "false")
        with pytest.raises(subprocess.CalledProcessError, match="exit status 3[.]\nno such thing"):
            lab.run_in("router", "sh", "-c", "echo no such thing >&2; exit 3")
        lab.restore("cut")
        lab.wait_for_egress("wan_a", within=30)
    result = lab.result
    assert result.outcome in (wandrill.Outcome.PASS, wandrill.Outcome.INCONCLUSIVE), result
    assert result["call.up.longest_gap"].value.total_seconds() > 0.3
    # The run folder is one like any other.
    assert wandrill.report(result.folder).outcome is result.outcome


def test_a_step_that_cannot_be_changes_nothing(mark, tmp_path):
    with wandrill.Lab(office(), router="reference", out=tmp_path) as lab:
        with pytest.raises(wandrill.ConfigError, match="did you mean 'loss'"):
            lab.fault("lost", on="wan_a")
        with pytest.raises(wandrill.ConfigError, match="there is no WAN 'wan_c'"):
            lab.fault("carrier", on="wan_c")
        with pytest.raises(wandrill.ConfigError, match="there is no fault 'cut'"):
            lab.restore("cut")
        with pytest.raises(wandrill.ConfigError, match="there is no WAN 'wan_bb' .did you mean 'wan_b'"):
            lab.wait_for_egress("wan_bb", within=60)
        with pytest.raises(TimeoutError, match="leaves by wan_a and not by wan_b"):
            lab.wait_for_egress("wan_b", within=0.3)
        lab.fault("loss", on="wan_b", loss="3%")
        lab.sleep(0.5)
    assert lab.result["ruler.up.loss"].value < 1
    with pytest.raises(RuntimeError, match="is gone"):
        lab.restore()


def test_an_exception_ends_the_lab_at_once(mark, tmp_path):
    with pytest.raises(ZeroDivisionError):
        with wandrill.Lab(office(), router="reference", out=tmp_path) as lab:
            1 / 0
    with pytest.raises(RuntimeError, match="no result yet"):
        lab.result


def test_what_is_wrong_is_told_before_the_lab_stands(mark, tmp_path):
    with pytest.raises(wandrill.ConfigError, match="there is no router 'refrence'"):
        wandrill.Lab(office(), router="refrence", out=tmp_path).start()
    lab = wandrill.Lab(office(), out=tmp_path)
    for use in (lab.restore, lambda: lab.run_in("router", "true"), lab.finish):
        with pytest.raises(RuntimeError, match="does not stand yet"):
            use()


def test_the_fixture_has_a_lab_for_each_test(pytester, tree):
    pytester.makepyfile(test_office=f"""
        import pytest
        def test_failover(wandrill_lab):
            lab = wandrill_lab(r"{tree}/scenarios/failback.yaml")
            lab.fault("blackhole", on="wan_a")
            lab.wait_for_egress("wan_b", within=10)
    """)
    done = pytester.runpytest_subprocess("-q", "--wandrill-router", "reference")
    assert done.parseoutcomes() == {"passed": 1}, done.outlines
    # The same with a router that never leaves a dead line.
    done = pytester.runpytest_subprocess("-q", "--wandrill-router", "broken/detection-disabled")
    assert done.parseoutcomes() == {"failed": 1}, done.outlines
    done.stdout.fnmatch_lines(["*TimeoutError: after 10 s traffic leaves by * and not by wan_b*"])

# SPDX-License-Identifier: Apache-2.0
import asyncio
import os
import pathlib
import signal
import subprocess
import sys
import textwrap
import threading
import time

import pytest

import wandrill

PATIENCE_S = 60


def long_scenario():
    return (wandrill.Scenario("long", topology="home_office", router="reference")
            .traffic("call", kind="rtp", from_="desk_phone", to="pbx")
            .step(at="1s", fault="blackhole", on="wan_b", as_="cut")
            .step(wait="600s", restore="cut"))


def processes_of(mark):
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and mark in (entry / "environ").read_bytes():
                found.append((entry / "comm").read_text().strip())
        except OSError:
            continue
    return found


@pytest.fixture
def mark(monkeypatch):
    """In the environment of all that a test starts."""
    text = f"{os.getpid()}-{time.monotonic_ns()}"
    monkeypatch.setenv("WANDRILL_PYTHON_TEST", text)
    yield text.encode()
    deadline = time.monotonic() + PATIENCE_S
    ours = {pathlib.Path("/proc/self/comm").read_text().strip()}
    while set(processes_of(text.encode())) - ours and time.monotonic() < deadline:
        time.sleep(0.05)
    assert set(processes_of(text.encode())) <= ours


class Enough(Exception):
    pass


def stop_in_timeline(message):
    if message["type"] == "progress" and message["stage"] == "timeline":
        raise Enough


def test_progress_is_told_and_a_callback_that_raises_ends_the_drill(mark, tmp_path):
    seen = []

    def on_progress(message):
        seen.append(message["type"])
        stop_in_timeline(message)

    with pytest.raises(Enough):
        wandrill.run(long_scenario(), out=tmp_path, on_progress=on_progress)
    assert seen[0] == "start" and {"event", "ready", "progress"} <= set(seen)
    (folder,) = [path for path in tmp_path.iterdir() if path.is_dir() and not path.is_symlink()]
    assert wandrill.open_run(folder).outcome is wandrill.Outcome.INTERRUPTED


def test_other_threads_go_on(mark, tmp_path):
    counted = 0
    stop = threading.Event()

    def count():
        nonlocal counted
        while not stop.wait(0.01):
            counted += 1

    thread = threading.Thread(target=count)
    thread.start()
    try:
        with pytest.raises(Enough):
            wandrill.run(long_scenario(), out=tmp_path, on_progress=stop_in_timeline)
    finally:
        stop.set()
        thread.join()
    assert counted > 20


def test_ctrl_c_ends_the_drill_and_is_raised(mark, tmp_path):
    script = textwrap.dedent(f"""
        import sys
        sys.path[:0] = {sys.path!r}
        import test_running, wandrill
        try:
            wandrill.run(test_running.long_scenario(), out={str(tmp_path)!r}, on_progress=lambda m: print(m["type"], m.get("stage"), flush=True))
        except KeyboardInterrupt:
            print("interrupted", flush=True)
    """)
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=pathlib.Path(__file__).parent) as child:
        for line in child.stdout:
            if line == "progress timeline\n":
                child.send_signal(signal.SIGINT)
                break
        rest = child.stdout.read()
    assert rest.endswith("interrupted\n")


def test_a_killed_interpreter_leaves_nothing(mark, tmp_path):
    script = textwrap.dedent(f"""
        import sys
        sys.path[:0] = {sys.path!r}
        import test_running, wandrill
        wandrill.run(test_running.long_scenario(), out={str(tmp_path)!r}, on_progress=lambda m: print(m["type"], m.get("stage"), flush=True))
    """)
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=pathlib.Path(__file__).parent) as child:
        for line in child.stdout:
            if line == "progress timeline\n":
                child.kill()
                break
    # The fixture looks for what is left.


def test_a_cell_that_is_killed_is_an_error_and_the_interpreter_lives(mark, tmp_path):
    def kill_the_cell(message):
        if message["type"] != "progress" or message["stage"] != "timeline":
            return
        for entry in pathlib.Path("/proc").iterdir():
            try:
                ours = entry.name.isdigit() and mark in (entry / "environ").read_bytes() and (entry / "comm").read_text() == "wandrill\n"
                is_cell = ours and "NSpid:" in (entry / "status").read_text() and len((entry / "status").read_text().split("NSpid:")[1].split("\n")[0].split()) > 1
            except OSError:
                continue
            if is_cell:
                os.kill(int(entry.name), signal.SIGKILL)
                return

    result = wandrill.run(long_scenario(), out=tmp_path, on_progress=kill_the_cell)
    assert result.outcome is wandrill.Outcome.ERROR
    assert result.reason


def test_several_drills_at_once_by_asyncio_and_cancelling_one(mark, tmp_path, tree):
    async def both():
        in_timeline = asyncio.Event()

        def on_progress(message):
            if message["type"] == "progress" and message["stage"] == "timeline":
                in_timeline.set()

        long = asyncio.create_task(wandrill.run_async(long_scenario(), out=tmp_path / "long", on_progress=on_progress))
        short = asyncio.create_task(wandrill.run_async(tree / "bindings/examples/blackhole.drill.yaml", out=tmp_path / "short"))
        await in_timeline.wait()
        result = await short
        long.cancel()
        with pytest.raises(asyncio.CancelledError):
            await long
        return result

    result = asyncio.run(both())
    assert result.outcome in (wandrill.Outcome.PASS, wandrill.Outcome.INCONCLUSIVE)


def test_bad_input_is_told_before_anything_is_started(mark, tmp_path):
    with pytest.raises(wandrill.ConfigError, match="wan_c"):
        wandrill.run(long_scenario().step(wait="1s", fault="carrier", on="wan_c"), out=tmp_path / "runs")
    assert not (tmp_path / "runs").exists()


def test_options_of_another_type_start_nothing(mark, tmp_path):
    for options in ({"vm": "no"}, {"capture": 1}, {"on_progress": 5}, {"out": None}):
        with pytest.raises(TypeError, match=next(iter(options))):
            wandrill.run(long_scenario(), **{"out": tmp_path / "runs", **options})
    assert not (tmp_path / "runs").exists()


def test_a_program_that_is_another_is_named(monkeypatch, tmp_path):
    other = tmp_path / "wandrill"
    other.write_text("#!/bin/sh\necho hello\n")
    other.chmod(0o755)
    monkeypatch.setenv("WANDRILL", str(other))
    with pytest.raises(wandrill.MachineError, match="wrote what is no line of"):
        wandrill.report(tmp_path)


def test_a_place_that_cannot_be_written_is_no_result(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(wandrill.MachineError, match="--out"):
        wandrill.run(long_scenario(), out=tmp_path / "file" / "runs")

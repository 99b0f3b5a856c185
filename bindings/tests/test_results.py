# SPDX-License-Identifier: Apache-2.0
import datetime
import json
import pickle

import numpy
import pytest

import wandrill
from wandrill.recording import Recording


def test_a_result_is_an_object_of_typed_numbers(drilled):
    assert drilled.outcome in (wandrill.Outcome.PASS, wandrill.Outcome.INCONCLUSIVE)
    gap = drilled["call.up.longest_gap"]
    assert isinstance(gap.value, datetime.timedelta)
    assert gap.number == gap.value.total_seconds()
    assert datetime.timedelta(0) < gap.accuracy < datetime.timedelta(seconds=1)
    assert isinstance(drilled["call.up.lost"].value, float)
    assert drilled["call.up.lost"].unit == "1"
    with pytest.raises(KeyError, match="did you mean 'call.up.longest_gap'"):
        drilled["call.up.longest_gab"]
    assert set(drilled) == set(drilled.to_dict()["measurements"])
    assert drilled.transitions[0].kind == "failover"
    assert drilled.transitions[0].from_wan == "wan_a"
    assert [one.metric for one in drilled.expectations][:2] == ["call.up.longest_gap", "call.down.longest_gap"]


def test_a_stored_result_reads_as_the_run_told_it(drilled):
    again = wandrill.open_run(drilled.folder)
    assert again.outcome == drilled.outcome
    assert dict(again) == dict(drilled)
    judged = wandrill.report(drilled.folder)
    assert judged.outcome == drilled.outcome
    assert dict(judged) == dict(drilled)


def test_what_is_no_run_is_said(tmp_path):
    with pytest.raises(wandrill.MachineError, match="is no folder of a finished run"):
        wandrill.open_run(tmp_path)
    (tmp_path / "result.json").write_text("{")
    with pytest.raises(wandrill.MachineError, match="is damaged"):
        wandrill.open_run(tmp_path)
    (tmp_path / "result.json").write_text("[]")
    with pytest.raises(wandrill.MachineError, match="has schema None"):
        wandrill.open_run(tmp_path)
    (tmp_path / "result.json").write_text(json.dumps({"schema": 1, "outcome": "splendid", "measurements": {}}))
    with pytest.raises(wandrill.MachineError, match="is damaged"):
        wandrill.open_run(tmp_path)
    (tmp_path / "result.json").write_text(json.dumps({"schema": 99}))
    with pytest.raises(wandrill.MachineError, match="has schema 99, and this package reads schema 1"):
        wandrill.open_run(tmp_path)
    with pytest.raises(wandrill.ConfigError):
        wandrill.report(tmp_path)


def test_a_result_shows_in_notebooks(drilled):
    shown = drilled._repr_html_()
    assert "<svg" in shown and "call.up" in shown and "wan_b" in shown
    assert drilled.expectations[0].text in shown


def test_measurements_become_a_dataframe(drilled):
    pytest.importorskip("pandas")
    frame = drilled.to_dataframe()
    assert frame.loc["call.up.longest_gap", "value"] == drilled["call.up.longest_gap"].number
    assert frame.loc["call.up.longest_gap", "unit"] == "s"


def test_packets_are_views_of_the_file(drilled):
    recording = drilled.recording
    flow = recording.flow("call.up")
    for packets in (recording.sent, recording.received, recording.tapped):
        assert len(packets) > 0
        for columns in packets.blocks():
            for column in columns.values():
                assert column.base is not None and not column.flags.owndata and not column.flags.writeable
    sequence = recording.sent.column("sequence", flow)
    assert sequence.dtype == numpy.uint64
    assert (numpy.diff(sequence.astype(numpy.int64)) == 1).all()
    flows = drilled.to_dict()["flows"]
    # What counts starts with the timeline; the recording has the packets before it, too.
    assert len(sequence) >= flows["call.up"]["sent"]
    assert set(numpy.unique(recording.tapped.column("wan"))) == {0, 1}
    with pytest.raises(KeyError, match="there is no flow 'call.upp'"):
        recording.flow("call.upp")
    assert (recording.sent.column("sequence", "call.up") == sequence).all()
    for wrong in ("call.upp", 999, -1):
        with pytest.raises(KeyError, match="there is no flow"):
            recording.sent.column("sequence", wrong)
    with pytest.raises(KeyError, match="have no column 'wan'"):
        recording.sent.column("wan")


def test_views_outlive_what_they_came_from(drilled):
    column = next(drilled.recording.sent.blocks())["scheduled"]
    assert column.min() >= 0 or column.max() > 0


def test_a_recording_is_pickled_by_its_folder(drilled, tmp_path, monkeypatch):
    monkeypatch.chdir(drilled.folder)
    kept = pickle.dumps(Recording("."))
    assert len(kept) < 1000
    monkeypatch.chdir(tmp_path)
    again = pickle.loads(kept)
    assert again.folder == drilled.folder
    assert (again.sent.column("scheduled", "call.up") == drilled.recording.sent.column("scheduled", "call.up")).all()
    with pytest.raises(TypeError, match="pass their Recording"):
        pickle.dumps(again.sent)


def test_a_damaged_recording_is_refused(drilled, tmp_path):
    import shutil

    copy = tmp_path / "run"
    shutil.copytree(drilled.folder, copy)
    packets = copy / "recording/packets.bin"
    whole = packets.read_bytes()
    packets.write_bytes(whole[:200] + bytes([whole[200] ^ 1]) + whole[201:])
    recording = wandrill.open_run(copy).recording
    with pytest.raises(wandrill.MachineError, match="block 1 is damaged"):
        list(recording.sent.blocks()) + list(recording.received.blocks()) + list(recording.tapped.blocks())
    packets.write_bytes(whole[:-10])
    with pytest.raises(wandrill.MachineError, match="but the run wrote"):
        wandrill.open_run(copy).recording
    (copy / "recording/facts.json").unlink()  # as of a run that was killed: its end may be lost
    packets.write_bytes(b"something else, and long enough")
    with pytest.raises(wandrill.MachineError, match="is not a packet file"):
        wandrill.open_run(copy).recording
    packets.write_bytes(whole[:-10])  # as a kill leaves it
    assert 0 < len(wandrill.open_run(copy).recording.sent)


def test_a_damaged_block_is_told_when_it_is_looked_at(drilled, tmp_path):
    import shutil

    copy = tmp_path / "run"
    shutil.copytree(drilled.folder, copy)
    packets = copy / "recording/packets.bin"
    blocks = len(list(drilled.recording.sent.blocks()))
    assert blocks > 1  # else this tests nothing
    # The last block of the file is of packets that were sent. (What is checked ahead does not refuse what is whole.)
    whole = packets.read_bytes()
    packets.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    recording = wandrill.open_run(copy).recording
    assert len(list(recording.received.blocks())) > 0
    looked_at = recording.sent.blocks()
    for _ in range(blocks - 1):
        next(looked_at)
    for _ in range(2):
        with pytest.raises(wandrill.MachineError, match="is damaged"):
            recording.sent._packets.columns(recording.sent._blocks[-1])


def test_events_are_dictionaries(drilled):
    kinds = {event["event"] for event in drilled.recording.events()}
    assert {"stage", "fault", "gate"} <= kinds

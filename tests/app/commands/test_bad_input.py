"""Bad input through the real commands: a clear message, the right exit status, no traceback."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys

import pytest

from tests.support.need import ROOT
from tests.support.site import platen, platen_hub, site


def assert_said(done: subprocess.CompletedProcess[str], status: int, *words: str) -> None:
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    for word in words:
        assert word in done.stderr


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("10.0.0.300", "300 is not between 0 and 255"),
        ("10.0.0.9-3", "ends before it begins"),
        ("10.0.0.0/33", "'/33' is not a prefix length"),
        ("10.0.0.1:9100", "port 9100 prints what it receives"),
    ],
)
def test_a_wrong_range_names_what_is_wrong_with_it(target, reason):
    assert_said(platen("discover", target), 2, reason)


def test_the_bad_lines_of_a_file_are_all_named(tmp_path):
    file = tmp_path / "ranges.csv"
    file.write_text("address,port\n10.0.0.1,161\n10.0.0.300\n# fine\n10.0.0.9-3,161\n")
    done = platen("discover", "--from", str(file))
    assert_said(done, 2, "10.0.0.300", "line 3", "10.0.0.9-3", "line 5")
    assert_said(platen("discover", "--from", str(tmp_path / "none.csv")), 2, "cannot be read")
    assert_said(platen("discover"), 2, "--from")


def test_nobody_at_an_address_is_named_in_json_and_in_words():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.29.2.1", 0))
        port = str(silent.getsockname()[1])
        done = platen("read", "127.29.2.1", "--port", port, "--timeout", "0.1", "--json",
                      "--community", "c4n4ry")  # fmt: skip
    assert_said(done, 1, "No answer from 127.29.2.1")
    error = json.loads(done.stdout)["error"]
    assert error["code"] == "snmp_timeout"
    assert error["remedy"]
    assert "c4n4ry" not in done.stdout + done.stderr


def test_an_empty_network_says_so_and_exits_with_1():
    done = platen("discover", "127.29.2.8/30", "--port", "11610", "--timeout", "0.1", "--json")
    assert_said(done, 1, "No printer found")
    assert done.stdout == ""


def test_without_an_agent_the_commands_say_how_to_get_one(tmp_path):
    for command in ("status", "devices", "collect"):
        assert_said(platen(command, "--data", str(tmp_path)), 1, "No agent is running")


def test_a_second_agent_on_one_folder_is_refused_and_named(tmp_path):
    with site(tmp_path) as made:
        made.start_agent()
        done = made.platen("agent")
        assert_said(done, 3, "An agent is running already", str(made.agent.process.pid))
        assert made.platen("status").returncode == 0
        assert made.platen("agent", "--stop").returncode == 0
        assert made.agent.died() == 0


def test_a_killed_agent_does_not_bar_the_next(tmp_path):
    with site(tmp_path) as made:
        made.start_agent()
        made.agent.end(signal.SIGKILL)
        assert_said(made.platen("status"), 1, "No agent is running")
        made.start_agent()
        assert made.platen("status").returncode == 0


def test_a_file_in_the_place_of_the_data_folder(tmp_path):
    (tmp_path / "file").write_text("")
    assert_said(platen("agent", "--data", str(tmp_path / "file")), 1, "cannot be used")


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_a_read_only_data_folder(tmp_path):
    script = (
        f"mount -t tmpfs -o size=4m none {tmp_path} && mkdir -m 700 {tmp_path}/d && "
        f"mount -o remount,ro {tmp_path} && exec {sys.executable} -m app agent "
        f"--data {tmp_path}/d"
    )
    assert_said(_in_mount_namespace(script), 1, "cannot be")


@pytest.mark.skipif(os.name == "nt", reason="mount namespaces")
def test_a_full_data_folder(tmp_path):
    script = (
        f"mount -t tmpfs -o size=1m none {tmp_path} && mkdir -m 700 {tmp_path}/d && "
        f"dd if=/dev/zero of={tmp_path}/fill bs=1k count=1000 status=none; "
        f"dd if=/dev/zero of={tmp_path}/fill2 bs=1k count=100 status=none 2>/dev/null; "
        f"exec {sys.executable} -m app agent --data {tmp_path}/d"
    )
    done = _in_mount_namespace(script)
    assert_said(done, 1)
    assert "full" in done.stderr or "room" in done.stderr


def _in_mount_namespace(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["unshare", "--mount", "sh", "-c", script],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


def test_a_busy_port_of_the_hub(tmp_path):
    with site(tmp_path) as made, socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        made.start_hub()
        made.hub.end()
        done = platen_hub("serve", "--data", str(made.hub_data), "--listen", f"127.0.0.1:{port}",
                          "--enrol-listen", "127.0.0.1:0")  # fmt: skip
        assert_said(done, 1, f"cannot listen at 127.0.0.1:{port}")


def test_codes_used_mistyped_and_of_another_hub(tmp_path):
    with site(tmp_path / "one") as one, site(tmp_path / "other") as other:
        for made in (one, other):
            made.folder.mkdir()
            made.start_hub()
        one.start_agent()
        one.enrol()
        codes = [
            json.loads(
                platen_hub("code", "--customer", "C", "--json", "--data", str(folder)).stdout
            )
            for folder in (one.hub_data, other.hub_data)
        ]
        own, foreign = (row["code"] for row in codes)
        where = ("--hub", one.enrolment)
        done = one.platen("enrol", *where, "--code", own)
        assert done.returncode == 0
        said = (done.stdout + done.stderr).splitlines()
        assert len(said) == len(set(said)), said  # what came of it is said once
        assert_said(one.platen("enrol", *where, "--code", own), 3, "was used already")
        wrong = ("A" if own[0] != "A" else "B") + own[1:]
        assert_said(one.platen("enrol", *where, "--code", wrong), 2, "a typing error")
        done = one.platen("enrol", *where, "--code", foreign)
        assert_said(done, 1, "is not the one that this code was made for")
        # The old enrolment stands through all of it.
        assert json.loads(one.platen("status", "--json").stdout)["hub"]["enrolled"]


def test_a_damaged_enrolment_is_named_and_the_agent_goes_on(tmp_path):
    with site(tmp_path) as made:
        made.start_hub()
        made.start_agent()
        made.enrol()
        made.agent.end()
        enrolment = made.agent_data / "hub.json"
        enrolment.write_text(enrolment.read_text().replace("BEGIN CERT", "BEGIN CRET"))
        made.start_agent()
        hub = json.loads(made.platen("status", "--json").stdout)["hub"]
        assert not hub["enrolled"]
        assert "hub.json cannot be used" in hub["problem"]["text"]

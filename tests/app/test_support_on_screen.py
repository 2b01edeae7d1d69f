"""The button in the header, clicked on a screen: window, agent and hub are real processes."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.support import waiting
from tests.support.need import ROOT
from tests.support.simulated import simulated
from tests.support.site import platen_hub, site
from tests.support.xvfb import missing, screen

NOTHING = (10, 790)
_PATIENCE = 40.0

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="Xvfb and 127/8 are Linux"),
    pytest.mark.skipif(bool(missing()), reason=f"not installed: {', '.join(missing())}"),
]


wait_until = partial(waiting.wait_until, patience=_PATIENCE)


def test_one_click_shows_what_is_in_it_and_enter_sends_it(tmp_path: Path) -> None:
    network = "127.52.2.0/29"
    with simulated(network, 2, port=1161), site(tmp_path) as made, screen() as shown:
        made.start_hub()
        made.start_agent()
        made.enrol()
        assert made.platen("scan", network, "--port", "1161", "--fast").returncode == 0
        made.platen("collect")
        hub = ("--data", str(made.hub_data))
        shelf = made.agent_data / "bundles"
        command = [sys.executable, "-P", "-m", "app", "--data", str(made.agent_data)]
        with subprocess.Popen(command, cwd=ROOT, env=shown.environment) as window:
            try:
                shown.window("Platen")
                log = made.agent_data / "logs" / "agent.log"

                def prepared() -> bool:
                    if not list(shelf.glob("*.zip")):  # until the window takes clicks
                        shown.click(*NOTHING)  # for the keyboard, without a window manager
                        shown.key("ctrl+shift+l")
                        time.sleep(1)
                    return "prepare_bundle finished" in log.read_text()

                wait_until(prepared, "a bundle")
                assert "send_bundle" not in log.read_text()  # shown, and not sent

                def sent() -> bool:
                    shown.key("space")  # Send has the keyboard
                    time.sleep(0.5)
                    return "send_bundle finished" in log.read_text()

                wait_until(sent, "its sending")
                shown.picture(tmp_path / "window.png")
            finally:
                window.kill()
        (told,) = map(json.loads, platen_hub("bundles", "--json", *hub).stdout.splitlines())
        saved = tmp_path / "saved.zip"
        platen_hub("bundles", "save", told["reference"], str(saved), *hub)
        with ZipFile(saved) as bundle:
            assert len(bundle.read("devices.jsonl").splitlines()) == 2
            assert len(bundle.read("readings.jsonl").splitlines()) == 2

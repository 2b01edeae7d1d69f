"""Printers on a cable, by the real command. What the system says of them is tried elsewhere."""

from __future__ import annotations

from tests.support.site import platen


def test_a_computer_without_printers_says_so():
    done = platen("discover", "--local", "--json")
    # A machine that has a printer shows it; one that has none says that, and why it ends with 1.
    assert done.returncode in (0, 1)
    assert (done.stdout != "") == (done.returncode == 0)
    assert done.returncode == 0 or "No printer found in this computer" in done.stderr
    assert "Traceback" not in done.stderr

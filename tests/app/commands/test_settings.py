"""``platen settings`` and ``platen credentials`` where no agent runs."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from app.cli import app

run = CliRunner().invoke


def test_settings_are_shown_with_all_that_there_is_to_know(tmp_path):
    shown = run(app, ["settings", "show", "collection.retries", "--data", str(tmp_path)])
    assert shown.exit_code == 0
    for word in ("collection.retries = 2", "repeated", "whole number, 0 to 10", "console, hub"):
        assert word in shown.output
    rows = run(app, ["settings", "show", "--json", "--data", str(tmp_path)]).output.splitlines()
    privacy = {row["path"]: row for row in map(json.loads, rows)}["privacy.macs"]
    assert privacy["choices"] == ["show", "mask", "omit"]
    assert privacy["tightened_by"] == ["hub"]


def test_one_is_set_and_a_wrong_one_is_not(tmp_path):
    data = ["--data", str(tmp_path)]
    assert run(app, ["settings", "set", "privacy.hidden", '["10.0.0.1"]', *data]).exit_code == 0
    assert run(app, ["settings", "set", "privacy.macs", "mask", *data]).exit_code == 0
    before = (tmp_path / "settings.toml").read_bytes()
    wrong = run(app, ["settings", "set", "privacy.macs", "hide", *data])
    assert wrong.exit_code == 2
    assert "privacy.macs" in wrong.output
    assert run(app, ["settings", "set", "privacy.mac", "mask", *data]).exit_code == 2
    assert (tmp_path / "settings.toml").read_bytes() == before
    assert run(app, ["settings", "set", "privacy.macs", "default", *data]).exit_code == 0
    assert "privacy.macs = show" in run(app, ["settings", "show", "privacy", *data]).output


def test_a_file_is_checked_with_key_and_line(tmp_path):
    file = tmp_path / "other.toml"
    file.write_text("version = 1\n[collection]\nretries = 2\nretires = 3\n")
    wrong = run(app, ["settings", "check", str(file)])
    assert wrong.exit_code == 1
    for word in ("other.toml", "line 4", "collection.retires"):
        assert word in wrong.output
    file.write_text("version = 1\n[collection]\nretries = 2\n")
    assert run(app, ["settings", "check", str(file)]).exit_code == 0
    assert run(app, ["settings", "check", "--data", str(tmp_path)]).exit_code == 0
    assert run(app, ["settings", "check", str(tmp_path / "none")]).exit_code == 2


def test_credentials_need_the_agent_and_no_argument_takes_one(tmp_path):
    data = ["--data", str(tmp_path)]
    assert run(app, ["credentials", "list", *data]).exit_code == 1
    refused = run(app, ["credentials", "set", "hall", "c4nary", *data], input="x\n")
    assert refused.exit_code == 2


def test_credentials_that_are_no_json_are_not_told(tmp_path):
    file = tmp_path / "given.json"
    file.write_text('{"communities": ["c4nary"')
    refused = run(app, ["credentials", "set", "hall", "--from", str(file), "--data", str(tmp_path)])
    assert refused.exit_code == 2
    assert "c4nary" not in refused.output


def test_an_empty_file_is_wrong_and_a_wrong_one_is_not_written_over(tmp_path):
    data = ["--data", str(tmp_path)]
    assert run(app, ["settings", "set", "privacy.macs", "mask", *data]).exit_code == 0
    file = tmp_path / "settings.toml"
    good = file.read_text()
    for wrong, says in (("", "empty"), (good.replace("mask", "maske"), "privacy.macs")):
        file.write_text(wrong)
        checked = run(app, ["settings", "check", *data])
        assert checked.exit_code == 1
        assert says in checked.output
        refused = run(app, ["settings", "set", "collection.retries", "3", *data])
        assert refused.exit_code == 1
        assert "mend it first" in refused.output
        assert file.read_text() == wrong
    file.write_text("\n".join(good.splitlines()[:5]))
    assert "cut off" in run(app, ["settings", "check", *data]).output


def test_a_value_that_cannot_be_is_the_askers_mistake_and_the_range_is_said(tmp_path):
    data = ["--data", str(tmp_path)]
    for value, says in (("abc", "number"), ("-4", "0.05"), ("99", "60")):
        wrong = run(app, ["settings", "set", "collection.timeout", value, *data])
        assert wrong.exit_code == 2
        assert says in wrong.output
    for dashes in ([], ["--"]):
        wrong = run(app, ["settings", "set", *data, *dashes, "collection.retries", "-4"])
        assert wrong.exit_code == 2
        assert "at least 0" in wrong.output
    assert not (tmp_path / "settings.toml").exists()

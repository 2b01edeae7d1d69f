"""``platen read`` and ``discover`` as a user of SNMPv3."""

from __future__ import annotations

import json
import os

import pytest

from app.commands.who import Who, _protocol, _typed
from core.model.problem import BadInputError, PlatenError
from core.model.segment import Segment
from core.secrets import CredentialSet, FileSecrets
from core.settings import Settings
from core.snmp.access import Version
from core.snmp.v3.user import AuthProtocol, PrivProtocol
from tests.support.site import platen
from tests.support.v3_printer import ANN, SERIAL, v3_printer


@pytest.fixture(scope="module")
def printer():
    with v3_printer("127.46.3.1") as endpoint:
        yield endpoint


@pytest.fixture
def secrets(tmp_path):
    file = tmp_path / "secrets"
    file.write_text(f"{ANN.auth_password}\n{ANN.priv_password}\n")
    file.chmod(0o600)
    return file


def options(endpoint, file, auth="sha256"):
    words = ["--port", str(endpoint.port), "--timeout", "0.5", "--v3-context", "public", "--json"]
    words += ["--v3-user", "ann", "--v3-auth", auth, "--v3-priv", "AES-256"]
    return [endpoint.address, *words, "--v3-secrets", str(file)]


def test_read_and_discover_by_version_3(printer, secrets):
    done = platen("read", *options(printer, secrets), "--trace")
    assert done.returncode == 0, done.stderr
    reading = json.loads(done.stdout)
    assert reading["identity"]["serial"] == SERIAL
    assert reading["meters"]["total"] == 4711
    assert {one["version"] for one in reading["trace"] if "version" in one} == {"3"}
    found = platen("discover", *options(printer, secrets))
    assert found.returncode == 0, found.stderr
    assert json.loads(found.stdout)["serial"] == SERIAL
    wrong = platen("read", *options(printer, secrets, auth="md5"))
    assert wrong.returncode == 1
    assert json.loads(wrong.stdout)["error"]["code"] == "v3_wrong_digest"
    for each in (done, found, wrong):
        assert "c4n4ry" not in each.stdout + each.stderr


def test_a_named_set_is_refused_where_its_segments_do_not_allow_it(tmp_path, printer):
    FileSecrets(tmp_path).set("office", CredentialSet(users=(ANN,)))
    who = Who((), credentials="office", data=tmp_path)
    assert who.access().versions == (Version.V3,)
    Settings().with_segments([Segment("office", ("10.0.0.1",), credentials="office")]).save(
        tmp_path
    )
    words = ["--port", str(printer.port), "--credentials", "office", "--data", str(tmp_path)]
    for command in ("read", "discover"):
        refused = platen(command, printer.address, *words)
        assert refused.returncode == 3
        assert "has not been allowed in the network office" in refused.stderr
        assert "Allow SNMPv3 for this network" in refused.stderr


@pytest.mark.skipif(os.name != "posix", reason="other permissions elsewhere")
def test_a_file_that_others_can_read_is_not_taken(secrets):
    secrets.chmod(0o640)
    with pytest.raises(PlatenError) as caught:
        Who((), "ann", "sha1", secrets=secrets).access()
    assert caught.value.problem.code == "secrets_exposed"


@pytest.mark.parametrize(
    "who",
    [
        Who((), auth="sha1"),
        Who((), "ann", priv="des"),
        Who((), "ann", "rot13"),
        Who(("public",), credentials="office"),
    ],
)
def test_what_does_not_fit_together_is_said(who):
    with pytest.raises(BadInputError) as caught:
        who.access()
    assert caught.value.problem.code == "bad_option"


def test_passwords_are_asked_for_only_as_they_are_needed():
    asked = []

    def prompt(text):
        asked.append(text)
        return "long-enough"

    assert _typed(prompt, twice=False) == ("long-enough", "")
    assert _typed(prompt, twice=True) == ("long-enough", "long-enough")
    assert len(asked) == 3


def test_without_a_terminal_nobody_is_asked(secrets):
    secrets.write_text("only-one-password\n")
    with pytest.raises(PlatenError) as caught:
        Who((), "ann", "sha1", "des", secrets=secrets).access()
    assert caught.value.problem.code == "v3_no_passwords"
    assert platen("read", "127.46.3.9", "--v3-user", "a", "--v3-auth", "md5").returncode == 2


def test_protocols_are_read_as_people_write_them():
    assert _protocol("SHA-256", AuthProtocol) is AuthProtocol.SHA256
    assert _protocol("sha", AuthProtocol) is AuthProtocol.SHA1
    assert _protocol("AES", PrivProtocol) is PrivProtocol.AES128
    assert _protocol("AES-256-C", PrivProtocol) is PrivProtocol.AES256_CISCO
    assert _protocol("aes192-cisco", PrivProtocol) is PrivProtocol.AES192_CISCO


def test_a_community_beside_a_user_comes_second():
    who = Who(("public",), "ann")
    assert who.access().versions == (Version.V3, Version.V2C, Version.V1)
    assert Who(()).access().communities == ("public",)

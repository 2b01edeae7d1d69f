from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.discovery.errors import TargetFileError
from core.discovery.target_file import load_target_file, parse_target_file
from core.model.problem import BadInputError

GOOD = """\ufeffaddress,port,name
# the ground floor
10.0.0.5
10.0.0.6:1161   # the porter's
10.0.1.0/24,1161,First floor
"10.0.2.1-10",,"Second, left"

fd00::5;1161;IPv6
printer.example\t161\tReception
"""


def test_lines_and_csv():
    found = parse_target_file(GOOD)
    assert [(t.line, t.text, t.name) for t in found] == [
        (3, "10.0.0.5", None),
        (4, "10.0.0.6:1161", None),
        (5, "10.0.1.0/24:1161", "First floor"),
        (6, "10.0.2.1-10", "Second, left"),
        (8, "[fd00::5]:1161", "IPv6"),
        (9, "printer.example:161", "Reception"),
    ]


def test_all_errors_of_a_file_are_told_with_their_lines():
    with pytest.raises(TargetFileError) as caught:
        parse_target_file("10.0.0.1\n10.0.0.300\n\n10.0.0.9-3\n10.0.0.5,9100\n10.0.0.5:161,162\n")
    assert [line for line, _ in caught.value.lines] == [2, 4, 5, 6]
    problem = caught.value.problem
    assert problem.code == "bad_target"
    for part in ("4 lines", "line 2:", "300 is not", "line 4:", "line 5:", "prints", "line 6:"):
        assert part in problem.text


def test_a_file_of_nothing_but_errors_stays_readable():
    with pytest.raises(TargetFileError) as caught:
        parse_target_file("10.0.0.300\n" * 5000)
    assert len(caught.value.lines) == 5000
    assert "and 4980 more" in caught.value.problem.text


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "address\n"])
def test_a_file_without_targets(text):
    with pytest.raises(BadInputError, match="no target"):
        parse_target_file(text)


def test_files_on_disk(tmp_path):
    path = tmp_path / "targets.csv"
    path.write_bytes(b"10.0.0.5;;B\xfcro\r\n10.0.0.6\r\n")
    assert [t.name for t in load_target_file(path)] == ["Büro", None]
    with pytest.raises(BadInputError, match="cannot be read"):
        load_target_file(tmp_path / "absent")
    path.write_bytes(b"#" * (16 * 1024 * 1024 + 1))
    with pytest.raises(BadInputError, match="larger than 16 MB"):
        load_target_file(path)


@given(st.text(max_size=300) | st.text(alphabet='0123456789.,;"\n#:-*/', max_size=100))
def test_any_text_gives_targets_or_a_named_error(text):
    said = None
    try:
        said = parse_target_file(text)
    except BadInputError as error:
        said = error.problem.text
    assert said

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from core.settings.locate import line_of

TEXT = '''# a comment with key = 1
key = 2
"odd key" = 3

[table]  # more
inner.deep = """
several
lines
"""
list = [
  1,
  # between
  2,
]
[[rows]]
x = 1

[[rows]]
x = { y = 5 }
'''


def test_every_form_of_a_key_is_found() -> None:
    assert line_of(TEXT, ["key"]) == 2
    assert line_of(TEXT, ["odd key"]) == 3
    assert line_of(TEXT, ["table"]) == 5
    assert line_of(TEXT, ["table", "inner", "deep"]) == 6
    assert line_of(TEXT, ["table", "list"]) == 10
    assert line_of(TEXT, ["table", "list", 1]) == 10
    assert line_of(TEXT, ["rows", 0, "x"]) == 16
    assert line_of(TEXT, ["rows", 1]) == 18
    assert line_of(TEXT, ["rows", 1, "x", "y"]) == 19


def test_a_key_that_is_missing_is_looked_for_around_it() -> None:
    assert line_of(TEXT, ["rows", 1, "z"]) == 18
    assert line_of(TEXT, ["nowhere", "z"]) is None
    assert line_of("not toml", ["key"]) is None
    assert line_of("", ["key"]) is None


def test_a_long_file_is_searched_quickly() -> None:
    text = "".join(f'[[rows]]\nname = "{n}"\n' for n in range(5000))
    begun = time.process_time()
    assert line_of(text, ["rows", 4000, "name"]) == 8002
    assert time.process_time() - begun < 10


@given(st.lists(st.sampled_from(["a = 1", "[t]", "b = [", "1,", "]", "# c", "", 'd = """', '"""'])))
def test_any_text_gives_a_line_of_it_or_nothing(lines: list[str]) -> None:
    line = line_of("\n".join(lines), ["t", "a"])
    assert line is None or 1 <= line <= len(lines)

from formcheck.pose.lines import line_of, lines_of

TEXT = '''# a comment with [brackets]
title = "x"
how = [
    "first = [",  # [[gates
    "second",
]
note = """
[view]
kind = "no"
"""

[view]
kind = "side"
"quoted key" = 1

[[gates]]
measurement = "a"
accept = [-inf,
          20]

[[gates]]
measurement = "b"
hold = { settle_s = 1, other = [1, 2] }
'''


def test_every_key_has_its_line_whatever_strings_and_lists_hold() -> None:
    assert lines_of(TEXT) == {
        ("title",): 2,
        ("how",): 3,
        ("note",): 7,
        ("view",): 12,
        ("view", "kind"): 13,
        ("view", "quoted key"): 14,
        ("gates", 0): 16,
        ("gates", 0, "measurement"): 17,
        ("gates", 0, "accept"): 18,
        ("gates", 1): 21,
        ("gates", 1, "measurement"): 22,
        ("gates", 1, "hold"): 23,
    }


def test_a_place_inside_a_value_or_missing_is_on_the_line_of_what_it_is_in() -> None:
    lines = lines_of(TEXT)

    assert line_of(("gates", 0, "accept", 1), lines) == 18
    assert line_of(("gates", 1, "hold", "settle_s"), lines) == 23
    assert line_of(("gates", 1, "why"), lines) == 21
    assert line_of(("missing",), lines) is None

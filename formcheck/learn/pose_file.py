"""The text of the pose file that is learnt from an example, commented for its author."""

import json
from collections.abc import Iterator
from math import inf, isfinite

from formcheck.body.measurements import DEGREES, MEASUREMENTS
from formcheck.learn.example import ACCEPT_MARGIN, FULL_MARGIN, Example, Learnt
from formcheck.learn.suggested_cues import SUGGESTED_CUES
from formcheck.pose.parts import Band, Bound


def pose_text(name: str, source: str, example: Example) -> str:
    """Return a whole pose file in TOML.

    Args:
        name: Of the pose, as its file is to be called.
        source: The name of the file it was learnt from.
        example: What was learnt.
    """
    source = "".join(letter if letter.isprintable() else "?" for letter in source)
    span = (
        f"from {example.start_s:.1f} to {example.end_s:.1f} s"
        if example.end_s > example.start_s
        else "a photo"
    )
    return "\n".join(
        [
            *_head(name, source, span),
            *_view(example),
            *(line for each in example.taken for line in _gate(each)),
            *_left_out(example),
            "# What to say for each way out of a band, worst first: move the worst up and say it",
            "# in your own words, at most six. `formcheck poses --check FILE` finds mistakes.",
            "",
            *(line for each in example.taken for line in _faults(each)),
        ]
    )


def _head(name: str, source: str, span: str) -> Iterator[str]:
    title = name.replace("-", " ").replace("_", " ").capitalize()
    yield f"# Learnt by `formcheck learn {name}` from {_quoted(source)}, {span}."
    yield "# One example of one person: read every line, and change what you know better."
    yield ""
    yield f"title = {_quoted(title)}"
    yield f"summary = {_quoted(f'As shown in {source}.')}"
    yield "how = ["
    yield f"    {_quoted(f'Take up the pose as in {source}.')},"
    yield '    "Hold and breathe. Then change sides.",'
    yield "]"
    yield "safety = ["
    yield (
        '    "Only to a mild stretch: at most 3 of 10. Ease off at 4, stop at 5 or at any sharp, '
        'pinching or radiating pain.",'
    )
    yield '    "formcheck is no medical device and treats nothing.",'
    yield "]"
    yield "sources = ["
    yield f"    {_quoted(f'Measured on {source}, {span}: one person, one camera.')},"
    yield "]"
    yield ""
    yield "[dosage]"
    yield "hold_s = 60"
    yield "sides = 2  # 1 where both legs do the same"
    yield "times_a_week = 3"
    yield 'why = "A usual dose; no source of its own yet."'
    yield ""


def _view(example: Example) -> Iterator[str]:
    limit = "min_shoulder_width" if example.kind == "front" else "max_shoulder_width"
    yield "[view]"
    yield f'kind = "{example.kind}"'
    yield f"{limit} = {example.view_limit:g}"
    yield 'why = "As the example is seen; turned further, its angles would mean something else."'
    yield ""


def _gate(learnt: Learnt) -> Iterator[str]:
    definition = MEASUREMENTS[learnt.measurement]
    is_angle = definition.unit == DEGREES
    digits = 1 if is_angle else 2
    yield f"# {definition.says} ({definition.unit})."
    yield (
        f"# Measured {learnt.low:.{digits}f} to {learnt.high:.{digits}f}, "
        f"median {learnt.median:.{digits}f}; widened by {ACCEPT_MARGIN[is_angle]:g} and "
        f"{FULL_MARGIN[is_angle]:g}, the error of the measurement."
    )
    yield "[[gates]]"
    yield f'measurement = "{learnt.measurement}"'
    yield f"accept = {_band(learnt.accept)}"
    yield f"full = {_band(learnt.full)}"
    if not is_angle:
        yield "hysteresis = 0.05"
    yield 'support = "measured"'
    yield f'why = "{learnt.median:.{digits}f} in the example."'
    yield ""


def _left_out(example: Example) -> Iterator[str]:
    for name, why in example.left_out.items():
        yield f"# Not taken: {name} ({why})."
    if example.left_out:
        yield ""


def _faults(learnt: Learnt) -> Iterator[str]:
    edges: tuple[tuple[Bound, float, str], ...] = (
        ("below", learnt.accept[0], "low"),
        ("above", learnt.accept[1], "high"),
    )
    for bound, edge, word in edges:
        if isfinite(edge):
            yield "[[faults]]"
            yield f'name = "{learnt.measurement}_{word}"'
            yield f'measurement = "{learnt.measurement}"'
            yield f'bound = "{bound}"'
            yield f"cue = {_quoted(SUGGESTED_CUES[learnt.measurement][bound])}"
            yield f'why = "The example has {learnt.median:.4g}."'
            yield ""


def _band(band: Band) -> str:
    return f"[{', '.join(_number(edge) for edge in band)}]"


def _number(edge: float) -> str:
    return {inf: "inf", -inf: "-inf"}.get(edge, f"{edge:g}")


def _quoted(text: str) -> str:
    """Return a TOML string: JSON's are, for printable text."""
    return json.dumps(text, ensure_ascii=False)

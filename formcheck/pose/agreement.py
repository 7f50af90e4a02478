"""What has to agree between the parts of a pose file, told all at once, each with its place.

It reads a file's plain fields and passes over what is no field at all: that is told by whoever
checks the parts, and must hide nothing else from a file's author.
"""

from collections.abc import Iterable, Iterator, Mapping
from math import inf

from formcheck.body.measurements import MEASUREMENTS

Place = tuple[str | int, ...]
"""Where something stands in a file, e.g. ("gates", 2, "accept")."""

Problem = tuple[Place, str]


def disagreements(fields: Mapping[str, object]) -> list[Problem]:
    """Return every way in which the parts of a pose do not agree."""
    gates = list(_tables(fields, "gates"))
    faults = list(_tables(fields, "faults"))
    return [
        *_twice(gates, "gates", ("measurement",), "{0} has more than one gate"),
        *_unsaid(gates, faults),
        *_twice(faults, "faults", ("measurement", "bound"), "more than one for {0} {1} its band"),
        *_twice(faults, "faults", ("name",), "more than one is called {0}"),
        *_out_of_sight(fields),
        *_without_parent(fields),
        *_no_depth(fields, gates),
    ]


def _tables(fields: Mapping[str, object], key: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    tables = fields.get(key)
    if isinstance(tables, list | tuple):
        for index, table in enumerate(tables):
            if isinstance(table, Mapping):
                yield index, table


def _text(table: Mapping[str, object], key: str) -> str:
    """Return a text of a table; "" where there is none, or something else in its place."""
    value = table.get(key)
    return value if isinstance(value, str) else ""


def _twice(
    tables: Iterable[tuple[int, Mapping[str, object]]], key: str, names: tuple[str, ...], says: str
) -> Iterator[Problem]:
    seen: set[tuple[str, ...]] = set()
    for index, table in tables:
        values = tuple(text for name in names if (text := _text(table, name)))
        if len(values) == len(names) and values in seen:
            yield (key, index, names[0]), f"{key}: {says.format(*values)}"
        seen.add(values)


def _unsaid(
    gates: Iterable[tuple[int, Mapping[str, object]]],
    faults: Iterable[tuple[int, Mapping[str, object]]],
) -> Iterator[Problem]:
    """Every way out of a band has a fault, and every fault such a way."""
    ways_out: dict[tuple[str, str], int] = {}
    for index, gate in gates:
        accept, name = gate.get("accept"), _text(gate, "measurement")
        if isinstance(accept, list | tuple) and len(accept) == 2:
            for bound, edge, open_end in zip(("below", "above"), accept, (-inf, inf), strict=True):
                if edge != open_end:
                    ways_out[name, bound] = index
        else:  # its ways out are not known
            ways_out |= {(name, "both"): index}
    unknown = {measurement for measurement, bound in ways_out if bound == "both"}
    said = {(_text(fault, "measurement"), _text(fault, "bound")): index for index, fault in faults}
    for (measurement, bound), index in ways_out.items():
        if (measurement, bound) not in said and bound != "both":
            yield (
                ("gates", index),
                f"faults: none says what to do when {measurement} is {bound} its band",
            )
    for (measurement, bound), index in said.items():
        if measurement in unknown or bound not in ("below", "above"):
            continue
        if (measurement, bound) not in ways_out:
            yield (
                ("faults", index),
                f"faults: no gate lets {measurement} be {bound} its band",
            )


def _out_of_sight(fields: Mapping[str, object]) -> Iterator[Problem]:
    """Each measurement has to belong to the view."""
    view, hold = fields.get("view"), fields.get("hold")
    kind = view.get("kind") if isinstance(view, Mapping) else None
    if kind not in ("side", "front", "lying"):
        return
    asked: list[tuple[Place, object]] = [
        ((key, index, "measurement"), table.get("measurement"))
        for key in ("gates", "faults", "hints")
        for index, table in _tables(fields, key)
    ]
    watched = hold.get("watched") if isinstance(hold, Mapping) else None
    if isinstance(watched, list | tuple):
        asked += [(("hold", "watched"), name) for name in watched]
    for place, name in asked:
        if isinstance(name, str) and name in MEASUREMENTS:
            views = MEASUREMENTS[name].views
            if kind not in views:
                yield place, f"{name} cannot be seen in a {kind} view, only: {', '.join(views)}"


def _without_parent(fields: Mapping[str, object]) -> Iterator[Problem]:
    if fields.get("without") and not fields.get("extends"):
        yield ("without",), "only a pose that `extends` another can leave something of it out"


def _no_depth(
    fields: Mapping[str, object], gates: Iterable[tuple[int, Mapping[str, object]]]
) -> Iterator[Problem]:
    """The depth has to be a gate's measurement: it is that gate whose lower bound is personal."""
    depth = fields.get("depth")
    if isinstance(depth, str) and depth not in {_text(gate, "measurement") for _, gate in gates}:
        yield ("depth",), f"the depth has to be measured by a gate, and {depth:.60} is not"

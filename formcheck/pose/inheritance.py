"""How a pose builds on another: `extends = "lunge-stretch"`.

What a file says replaces what it builds on, part by part: a key of a table, the gate of a
measurement, the fault and the hint for a measurement and a bound. A fault or hint that replaces
one takes its place; a new fault comes before the ones it found. `without` leaves out everything
about a measurement, and faults of bands that are open now are left out by themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import Final

from formcheck.pose.agreement import Place, Problem

Fields = Mapping[str, object]
Items = list[object] | tuple[object, ...]

_TABLES: Final = ("view", "hold", "dosage")
_LISTS: Final[Mapping[str, tuple[str, ...]]] = {
    "gates": ("measurement",),
    "faults": ("measurement", "bound"),
    "hints": ("measurement", "bound"),
}


@dataclass(frozen=True, slots=True)
class Extended:
    """A pose's fields together with those it builds on."""

    fields: dict[str, object]
    origins: Mapping[Place, int | None]
    """For each item of a list, e.g. ("gates", 3): its number in the file itself; None where it
    comes from the pose it builds on."""
    problems: tuple[Problem, ...] = ()

    def place(self, place: Place) -> Place | None:
        """Return where something of these fields stands in the file itself; None if not there."""
        own = self.origins.get(place[:2], 0) if len(place) > 1 else 0
        if own is None:
            return None
        return (place[0], own, *place[2:]) if place[:2] in self.origins else place


def extend(base: Fields, own: Fields) -> Extended:
    """Return what `own` makes of `base`; what is no table or list is left for others to tell."""
    without = own.get("without")
    names = without if isinstance(without, list | tuple) else ()
    left_out = {name for name in names if isinstance(name, str)}
    fields = {**base, **own}
    for key in _TABLES:
        was, now = base.get(key), own.get(key)
        if isinstance(was, Mapping) and isinstance(now, Mapping):
            is_another = was.get("kind") != now.get("kind", was.get("kind"))  # of view
            fields[key] = dict(now) if is_another else {**was, **now}
    origins: dict[Place, int | None] = {}
    for key, by in _LISTS.items():
        was, now = base.get(key, []), own.get(key, [])
        if isinstance(was, list | tuple) and isinstance(now, list | tuple):
            merged = _merge(was, now, by, left_out, new_first=key == "faults")
            fields[key] = [item for item, _ in merged]
            origins |= {(key, index): number for index, (_, number) in enumerate(merged)}
    _drop_faults_without_a_way_out(fields, origins)
    gates = base.get("gates")
    known = {_key(gate, ("measurement",)) for gate in gates} if isinstance(gates, tuple) else set()
    problems = tuple(
        (("without",), f"the pose it extends has no gate for {name!r}")
        for name in sorted(left_out)
        if (name,) not in known
    )
    return Extended(fields, origins, problems)


def _key(item: object, names: tuple[str, ...]) -> tuple[str, ...] | None:
    if isinstance(item, Mapping) and all(isinstance(item.get(name), str) for name in names):
        return tuple(item[name] for name in names)
    return None


def _merge(
    was: Items, now: Items, names: tuple[str, ...], left_out: set[str], *, new_first: bool
) -> list[tuple[object, int | None]]:
    """Return the items of both, each with its number in the newer list or None."""
    waiting = list(enumerate(now))
    kept: list[tuple[object, int | None]] = []
    for item in was:
        key = _key(item, names)
        if key is not None and key[0] in left_out:
            continue
        match = next(((n, new) for n, new in waiting if _key(new, names) == key), None)
        if match is not None and key is not None:
            waiting.remove(match)
            kept.append((match[1], match[0]))
        else:
            kept.append((item, None))
    new: list[tuple[object, int | None]] = [(item, number) for number, item in waiting]
    return new + kept if new_first else kept + new


def _drop_faults_without_a_way_out(
    fields: dict[str, object], origins: dict[Place, int | None]
) -> None:
    """Leave out inherited faults whose band is open on their side, or gone."""
    faults, gates = fields.get("faults"), fields.get("gates")
    if not isinstance(faults, list) or not isinstance(gates, list):
        return
    ways_out = set()
    for gate in gates:
        band = gate.get("accept") if isinstance(gate, Mapping) else None
        if isinstance(band, list | tuple) and len(band) == 2:
            name = gate.get("measurement")
            if not isinstance(name, str):
                continue
            ways_out |= {(name, "below")} if band[0] != -inf else set()
            ways_out |= {(name, "above")} if band[1] != inf else set()
    kept = [
        (fault, origins.get(("faults", index)))
        for index, fault in enumerate(faults)
        if origins.get(("faults", index)) is not None
        or _key(fault, ("measurement", "bound")) in ways_out
    ]
    fields["faults"] = [fault for fault, _ in kept]
    for place in [place for place in origins if place[0] == "faults"]:
        del origins[place]
    origins.update({("faults", index): number for index, (_, number) in enumerate(kept)})

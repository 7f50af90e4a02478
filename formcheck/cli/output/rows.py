"""Rows of cells: a table where there is room for it, else a few short lines a row."""

from collections.abc import Iterator, Sequence
from typing import Final

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

_FOLDED: Final = 12
"""A column that may be folded is a column down to so many letters."""

_NARROW: Final = 40
"""With fewer letters across each cell has a line of its own."""

_INDENT: Final = 2


class Rows:
    """Cells with a heading over each column, as rich prints them."""

    def __init__(
        self,
        headings: Sequence[str],
        *,
        has_heading: bool = True,
        leading: int = 1,
        folding: Sequence[str] = (),
        right: Sequence[str] = (),
        centred: Sequence[str] = (),
    ) -> None:
        """Begin without rows.

        Args:
            headings: Of the columns, each another one.
            has_heading: Show them over a table.
            leading: So many cells of a row are its first line where it is no table's.
            folding: Columns of longer text, which may be broken, and needs no heading.
            right: Columns that end in one line.
            centred: Columns with one middle.
        """
        self._headings = headings
        self._has_heading = has_heading
        self._leading = leading
        self._folding = folding
        self._right = right
        self._centred = centred
        self._rows: list[Sequence[Text]] = []

    def add(self, *cells: str | Text) -> None:
        """Add a row with a cell for each column."""
        self._rows.append([Text(cell) if isinstance(cell, str) else cell for cell in cells])

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        """Yield a table, or lines."""
        if self._needed() <= options.max_width:
            yield self._table()
        else:
            for row in self._rows:
                yield from self._lines(row, options.max_width)

    def _needed(self) -> int:
        """Return how many letters wide a table is at least."""
        needed = len(self._headings) - 1
        for heading, *cells in zip(self._headings, *self._rows, strict=True):
            texts = [heading] * self._has_heading + [cell.plain for cell in cells]
            widest = max((cell_len(line) for text in texts for line in text.split("\n")), default=0)
            needed += min(widest, _FOLDED) if heading in self._folding else widest
        return needed

    def _table(self) -> Table:
        table = Table(box=None, pad_edge=False, show_header=self._has_heading)
        for heading in self._headings:
            if heading in self._folding:
                table.add_column(heading, overflow="fold")
            elif heading in self._right:
                table.add_column(heading, justify="right", no_wrap=True)
            else:
                is_centred = heading in self._centred
                table.add_column(heading, justify="center" if is_centred else "left", no_wrap=True)
        for row in self._rows:
            table.add_row(*row)
        return table

    def _lines(self, row: Sequence[Text], width: int) -> Iterator[RenderableType]:
        leading = [cell for cell in row[: self._leading] if cell.plain]
        yield Text(" ", overflow="fold").join(leading)
        told: list[Text] = []
        for heading, cell in list(zip(self._headings, row, strict=True))[self._leading :]:
            if cell.plain:
                is_named = self._has_heading and heading not in self._folding
                told.append(Text(f"{heading} ") + cell if is_named else cell)
        if told:
            is_list = width < _NARROW or any("\n" in cell.plain for cell in told)
            words = Text("\n" if is_list else ", ").join(told)
            words.overflow = "fold"
            yield Padding(words, (0, 0, 0, _INDENT))

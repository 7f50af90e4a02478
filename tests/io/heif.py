"""HEIC files as phones write them, which no encoder in Python does: tiles, and a thumbnail first.

The pictures are HEVC by pillow-heif; the boxes around them (ISO/IEC 14496-12 and 23008-12) are
written here.
"""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

import numpy as np
import numpy.typing as npt
import pillow_heif
from PIL import Image

_QUARTER_TURNS_BACK = {1: 0, 8: 1, 3: 2, 6: 3}
"""How far `irot` turns against the clock, by the orientation that EXIF numbers so."""


def heic_of(
    picture: npt.NDArray[np.uint8],
    *,
    tile: int = 0,
    has_thumbnail_first: bool = False,
    orientation: int = 1,
) -> bytes:
    """Return a HEIC of a picture of (height, width, 3) in blue, green, red.

    Args:
        picture: What is stored.
        tile: The edge of the square tiles that it is stored in; 0 for one piece.
        has_thumbnail_first: Whether the first item is a small copy, upside down to be told apart.
        orientation: 1, 3, 6 or 8: how it is to be turned.
    """
    file = _File()
    thumbnail = None
    if has_thumbnail_first:
        thumbnail = file.add(*_encoded(np.ascontiguousarray(picture[::-4, ::4])))
    turned = _box(b"irot", bytes([_QUARTER_TURNS_BACK[orientation]]))
    if tile:
        height, width = picture.shape[:2]
        rows, columns = -(-height // tile), -(-width // tile)
        whole = np.pad(
            picture, ((0, rows * tile - height), (0, columns * tile - width), (0, 0)), "edge"
        )
        tiles = [
            file.add(*_encoded(whole[y : y + tile, x : x + tile]), is_hidden=True)
            for y in range(0, height, tile)
            for x in range(0, width, tile)
        ]
        layout = struct.pack(">BBBBHH", 0, 0, rows - 1, columns - 1, width, height)
        primary = file.add(layout, _extent(width, height), turned, kind=b"grid")
        file.references.append((b"dimg", primary, tiles))
    else:
        primary = file.add(*_encoded(picture), turned)
    if thumbnail is not None:
        file.references.append((b"thmb", thumbnail, [primary]))
    return file.written(primary)


@dataclass
class _File:
    items: list[tuple[bytes, bytes, tuple[bytes, ...], bool]] = field(default_factory=list)
    references: list[tuple[bytes, int, list[int]]] = field(default_factory=list)

    def add(
        self, data: bytes, *properties: bytes, kind: bytes = b"hvc1", is_hidden: bool = False
    ) -> int:
        self.items.append((kind, data, properties, is_hidden))
        return len(self.items)

    def written(self, primary: int) -> bytes:
        brand = _box(b"ftyp", b"heic" + bytes(4) + b"mif1heic")
        length = len(brand) + len(self._meta(primary, 0))  # as long, wherever the data lies
        data = b"".join(data for _, data, _, _ in self.items)
        return brand + self._meta(primary, length + 8) + _box(b"mdat", data)

    def _meta(self, primary: int, start: int) -> bytes:
        entries, places, associations, properties = b"", b"", b"", b""
        numbers = count(1)
        for item, (kind, data, own, is_hidden) in enumerate(self.items, start=1):
            entries += _box(
                b"infe", struct.pack(">IHH", 2 << 24 | is_hidden, item, 0) + kind + b"\0"
            )
            places += struct.pack(">HHHII", item, 0, 1, start, len(data))
            associations += struct.pack(">HB", item, len(own))
            associations += bytes(0x80 | next(numbers) for _ in own)
            properties += b"".join(own)
            start += len(data)
        many = struct.pack(">H", len(self.items))
        references = b"".join(
            _box(kind, struct.pack(f">HH{len(to)}H", item, len(to), *to))
            for kind, item, to in self.references
        )
        return _box(
            b"meta",
            bytes(4)
            + _box(b"hdlr", bytes(8) + b"pict" + bytes(13))
            + _box(b"pitm", struct.pack(">IH", 0, primary))
            + _box(b"iloc", bytes(4) + b"\x44\0" + many + places)
            + _box(b"iinf", bytes(4) + many + entries)
            + (_box(b"iref", bytes(4) + references) if references else b"")
            + _box(
                b"iprp",
                _box(b"ipco", properties)
                + _box(b"ipma", struct.pack(">II", 0, len(self.items)) + associations),
            ),
        )


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def _extent(width: int, height: int) -> bytes:
    return _box(b"ispe", struct.pack(">III", 0, width, height))


def _encoded(picture: npt.NDArray[np.uint8]) -> tuple[bytes, bytes, bytes]:
    """Return a picture in HEVC, its decoder's configuration, and its size."""
    pillow_heif.register_heif_opener()
    whole = io.BytesIO()
    height, width = picture.shape[:2]
    Image.fromarray(np.ascontiguousarray(picture[:, :, ::-1])).save(
        whole, format="HEIF", quality=90
    )
    content = whole.getvalue()
    boxes = dict(_boxes(content))
    inner = dict(_boxes(boxes[b"meta"][4:]))
    configuration = dict(_boxes(dict(_boxes(inner[b"iprp"]))[b"ipco"]))[b"hvcC"]
    return boxes[b"mdat"], _box(b"hvcC", configuration), _extent(width, height)


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(content):
        size, kind = struct.unpack_from(">I4s", content, at)
        yield kind, content[at + 8 : at + size]
        at += size

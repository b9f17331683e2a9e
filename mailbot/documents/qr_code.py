"""A payment QR drawn: a pixel a module for the paper, which scales it without smoothing; larger for the mail.

zxing-cpp makes the code of a bill in a third of the time that a generator in Python takes; the tests read its codes
with another program too, zbar.
"""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache
from typing import Final

import numpy
import zxingcpp
from numpy.typing import NDArray

BORDER: Final = 4
"""Light modules around it (ISO/IEC 18004): without them a phone does not find the code."""

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"


def render_qr_png(text: bytes, scale: int = 4) -> bytes:
    """PNG bytes, `scale` pixels a module; ValueError where the text is longer than a QR code holds."""
    return _png(numpy.kron(_modules(text), numpy.ones((scale, scale), dtype=numpy.uint8)))


@lru_cache(maxsize=8)
def _modules(text: bytes) -> NDArray[numpy.uint8]:
    """Rows of modules with their border, 1 for a light one. Kept for a moment: paper and mail draw the same code."""
    # eci 0: no mark of an encoding goes before the text, as it would before bytes. Its own first characters name the
    # encoding (ST00012), and a bank's application need not know such marks.
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M", eci="0")
    drawn = numpy.asarray(code.to_image(scale=1, add_quiet_zones=False))
    return numpy.pad((drawn > 0).astype(numpy.uint8), BORDER, constant_values=1)


def _png(light: NDArray[numpy.uint8]) -> bytes:
    """One bit a pixel (ISO/IEC 15948, colour type 0): a code is black and white, and a thousand of them leave a day."""
    height, width = light.shape
    rows = numpy.packbits(light, axis=1)
    unfiltered = numpy.pad(rows, ((0, 0), (1, 0)))
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(unfiltered.tobytes(), 9)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

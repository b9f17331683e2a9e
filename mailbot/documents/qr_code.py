"""A payment QR drawn: a pixel a module for the paper, which scales it without smoothing; larger for the mail."""

from __future__ import annotations

from base64 import b64decode
from functools import lru_cache
from typing import Final

import segno

BORDER: Final = 4
"""Light modules around it (ISO/IEC 18004): without them a phone does not find the code."""


MASK: Final = 3
"""One mask for all. To weigh all eight takes longer than to set the whole page; text and its correction are as good as
noise under any of them, and the tests read two hundred codes back from coarse pixels."""


def qr_png(text: bytes, scale: int = 4) -> bytes:
    """PNG bytes, `scale` pixels a module; ValueError where the text is longer than a QR code holds."""
    uri = _code(text).png_data_uri(scale=scale, border=BORDER)
    return b64decode(uri.partition(",")[2])


@lru_cache(maxsize=8)
def _code(text: bytes) -> segno.QRCode:
    # kept for a moment: paper and mail draw the same one, and reckoning it costs more than drawing it
    # the bytes go in as they are: their own first characters name the encoding, no other mark is needed
    return segno.make_qr(text, error="m", mode="byte", mask=MASK, boost_error=False)

"""Reading a trained model from its file: one way to tell what is wrong with it, whatever model it holds."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from mailbot.model import SourceFile

M = TypeVar("M")

REBUILD = "верните файл из поставки или пересоберите его: mailbot train"


def read_model(source: SourceFile, faults: list[str], decode: Callable[[str], M], empty: M) -> M:
    """What `decode` makes of the file's text; `empty`, with a fault told by file and line, where it is no such model.

    `decode` remembers by the text: whatever else changes in the rules, a model is decoded once.
    """
    try:
        return decode(source.text)
    except json.JSONDecodeError as error:
        faults.append(f"{source.name}:{error.lineno}: файл модели записан с ошибкой ({error.msg}); {REBUILD}")
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, zlib.error) as error:
        faults.append(f"{source.name}:1: файл модели не того вида ({error}); {REBUILD}")
    return empty


def pack_weights(weights: NDArray[np.int8]) -> str:
    """Weights of a signed byte each as text: equal ones give equal text."""
    return base64.b64encode(zlib.compress(weights.tobytes(), 9)).decode("ascii")


def unpack_weights(text: str) -> NDArray[np.int8]:
    """The weights again, in one row; ValueError or zlib.error where the text holds none."""
    return np.frombuffer(zlib.decompress(base64.b64decode(text)), np.int8)

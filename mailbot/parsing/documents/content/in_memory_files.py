"""Bytes that libraries can read and write like a file; nothing touches a disk."""

from __future__ import annotations

from collections.abc import Iterator


class MemoryFile:
    """A binary file over bytes, with the methods that zipfile, calamine and pypdf call."""

    def __init__(self, content: bytes = b"") -> None:
        self._content = bytearray(content)
        self._at = 0

    def read(self, size: int | None = -1) -> bytes:
        end = len(self._content) if size is None or size < 0 else self._at + size
        content = bytes(self._content[self._at : end])
        self._at += len(content)
        return content

    def readline(self, size: int | None = -1) -> bytes:
        at = self._content.find(b"\n", self._at)
        end = len(self._content) if at < 0 else at + 1
        longest = len(self._content) if size is None or size < 0 else size
        return self.read(min(end - self._at, longest) if end > self._at else 0)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")

    def write(self, content: bytes) -> int:
        self._content[self._at : self._at + len(content)] = content
        self._at += len(content)
        return len(content)

    def seek(self, offset: int, whence: int = 0) -> int:
        start = (0, self._at, len(self._content))[whence]
        if start + offset < 0:
            raise ValueError("negative seek position")
        self._at = min(start + offset, len(self._content))
        return self._at

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        """Nothing waits to be written."""

    def close(self) -> None:
        """The bytes stay until the object goes."""

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def getvalue(self) -> bytes:
        return bytes(self._content)

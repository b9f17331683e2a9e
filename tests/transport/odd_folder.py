"""A folder of the minimal server whose answers a test makes odd, one by one."""

from __future__ import annotations

from tests.transport.material import letter


class OddFolder:
    """An INBOX by UID; what is odd of it is set by the test. `bodies` may lack a letter, or hold NIL."""

    def __init__(self, *uids: int) -> None:
        self.uids = uids
        self.validity = b"* OK [UIDVALIDITY 5] valid\r\n"
        self.status = b""
        self.found: bytes | None = None
        self.about = {
            uid: b'RFC822.SIZE %d INTERNALDATE "09-Nov-2026 06:30:00 +0000"' % len(letter(uid))
            for uid in uids
        }
        self.bodies = {uid: literal(letter(uid)) for uid in uids}
        self.between = b""
        self.asked: list[str] = []

    def __call__(self, command: str) -> bytes | None:
        self.asked.append(command)
        words = command.split()
        if words[0] == "EXAMINE":
            return b"* %d EXISTS\r\n" % len(self.uids) + self.validity
        if words[0] == "STATUS":
            return self.status
        if words[:2] == ["UID", "SEARCH"]:
            return self.search(words[3] if words[2] == "UID" else "1:*")
        if words[:2] == ["UID", "FETCH"]:
            asked = {int(uid) for uid in words[2].split(",")}
            return self.fetch([uid for uid in self.uids if uid in asked], command)
        return None

    def search(self, wanted: str) -> bytes:
        if self.found is not None and wanted.endswith(":*"):
            return self.found
        first, _, last = wanted.partition(":")
        uids = [uid for uid in self.uids if uid >= int(first) and (last == "*" or uid == int(first))]
        return b"* SEARCH " + b" ".join(b"%d" % uid for uid in uids) + b"\r\n"

    def fetch(self, uids: list[int], command: str) -> bytes:
        told = b""
        for uid in uids:
            if "RFC822.SIZE" in command:
                what = self.about.get(uid)
            elif "HEADER" in command:
                what = b"BODY[HEADER] " + literal(letter(uid).partition(b"\r\n\r\n")[0] + b"\r\n\r\n")
            else:
                body = self.bodies.get(uid)
                what = body and b"BODY[] " + body
            told += self.between
            if what is not None:
                told += b"* %d FETCH (UID %d %s)\r\n" % (self.uids.index(uid) + 1, uid, what)
        return told


def literal(content: bytes) -> bytes:
    return b"{%d}\r\n%s" % (len(content), content)

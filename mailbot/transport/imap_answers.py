"""What servers answer, as they really write it: more kinds than the library reads."""

from __future__ import annotations

import re

CODE = re.compile(r"(?:b['\"])?\[([A-Za-z-]+)")
"""The code with which an answer begins (RFC 3501 7.1); the library gives the text as Python shows bytes."""

WRONG_PASSWORD = frozenset({"AUTHENTICATIONFAILED", "AUTHORIZATIONFAILED", "EXPIRED"})
"""RFC 5530 3. Every other code is the server's own trouble: LIMIT, INUSE, SERVERBUG, UNAVAILABLE, CONTACTADMIN."""

NO_REASON = frozenset({"ALERT", "WEBALERT"})
"""Say that a person should read the text, and nothing of why; of Gmail it is a wrong password."""

PASSING = re.compile(
    r"temporar|try again later|too many|internal (?:server )?error|unavailable|timed? ?out", re.IGNORECASE
)
"""What older servers say without a code of what passes by itself."""


def names_wrong_password(refusal: str) -> bool:
    """Does a refused LOGIN mean that login or password are wrong? Else the server could not try them now.

    Only what is said by NO counts: BAD is a command that was not understood (RFC 3501 6.2.3).
    """
    if refusal.startswith("LOGIN command error"):
        return False
    code = CODE.match(refusal)
    if code is None or code[1].upper() in NO_REASON:
        return not PASSING.search(refusal)
    return code[1].upper() in WRONG_PASSWORD

"""What can go wrong with the world: typed, in Russian, with what to do, never with a password."""

from __future__ import annotations


class TransportError(Exception):
    """A mail server did not do what was asked. Trying again later can help."""


class ServerUnavailable(TransportError):
    """No connection, no answer in time, or the connection broke."""


class AuthenticationError(TransportError):
    """The server knows the login or the password not. Trying at once again locks mailboxes."""


class ProtocolError(TransportError):
    """The server answered what the protocol does not allow here."""

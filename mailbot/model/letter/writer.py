"""Whose letter it is: its sender, or the client for whom a form of our own site wrote it."""

from __future__ import annotations

from collections.abc import Collection

from mailbot.model.letter.letter import Address, Letter
from mailbot.model.letter.own_message_id import is_own_message_id


def writer_of(letter: Letter, own_addresses: Collection[str]) -> Address:
    """The sender; of a letter from an address of our own the first address of somebody else in Reply-To.

    A site's form is sent through our mailbox and names the client in Reply-To (RFC 5322 3.6.2: where the author wants
    the answer). Nobody vouches for that address. A letter of ours that came back is nobody else's.
    """
    if letter.from_.email not in own_addresses or is_own_message_id(letter.message_id):
        return letter.from_
    others = (address for address in letter.reply_to if address.email and address.email not in own_addresses)
    return next(others, letter.from_)


def is_from_own_form(letter: Letter, own_addresses: Collection[str]) -> bool:
    """Did a form of our own site write the letter for a client, who stands in Reply-To?"""
    return writer_of(letter, own_addresses).email != letter.from_.email


def is_internal_letter(letter: Letter, own_addresses: Collection[str]) -> bool:
    """Is it from an address of our own to none but our own, and no letter of the machine's? So writes a form without
    Reply-To; our answers go to somebody, and a copy of one says to whom."""
    if letter.from_.email not in own_addresses or is_own_message_id(letter.message_id):
        return False
    return all(address.email in own_addresses for address in (*letter.to, *letter.cc))

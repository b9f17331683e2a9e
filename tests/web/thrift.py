"""What the pages' tests need not pay for each time: costly hashes of passwords, and templates compiled anew."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from argon2 import PasswordHasher
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from mailbot.services.desk import logins

product_hasher = logins._hasher
"""What passwords of staff are hashed by, as it is before the tests make it cheap."""


class CompiledTemplates(BytecodeCache):
    """Compiled templates in memory, for every application of this process: their source is checked by jinja2."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


@cache
def light_hasher() -> PasswordHasher:
    """argon2id as in the product, of the least cost; a test of its own holds what the product pays."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session", autouse=True)
def thrift() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(logins, "_hasher", light_hasher)
        patch.setattr(Flask, "jinja_options", {"bytecode_cache": CompiledTemplates()})
        yield

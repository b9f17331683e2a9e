"""Pauses between attempts grow, have an end, and begin anew after a success."""

from hypothesis import given
from hypothesis import strategies as st

from mailbot.transport import Backoff


def test_pauses_double_up_to_the_last_and_begin_anew_after_a_success() -> None:
    backoff = Backoff(first=1, last=10)
    assert [backoff.next() for _ in range(6)] == [1, 2, 4, 8, 10, 10]
    backoff.reset()
    assert backoff.next() == 1


@given(st.floats(0, 1), st.integers(1, 2000))
def test_chance_shortens_a_pause_by_a_quarter_at_most(chance: float, failures: int) -> None:
    backoff = Backoff(first=1, last=300, chance=lambda: chance)
    pauses = [backoff.next() for _ in range(failures)]
    assert all(0.75 <= pause <= 300 for pause in pauses)

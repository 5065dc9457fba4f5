from __future__ import annotations

import multiprocessing
import os
import signal
import sys

import pytest

from knowledge.plain.beside import Beside

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no second process")


def process() -> int:
    return os.getpid()


def stopped(signum: int, number: int) -> int:
    """The number, unless the second process is ended by the signal first."""
    if multiprocessing.parent_process():
        os.kill(os.getpid(), signum)
    return number


def refused() -> None:
    raise ValueError


def test_beside_without_a_second_core() -> None:
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        with Beside() as beside:
            assert beside.begin(process)() == os.getpid()
    finally:
        os.sched_setaffinity(0, cores)


def test_beside_where_there_is_little_to_do() -> None:
    with Beside(wanted=False) as beside:
        assert beside.begin(process)() == os.getpid()


def test_beside_does_here_what_a_killed_process_left() -> None:
    with Beside() as beside:
        results = [beside.begin(stopped, signal.SIGKILL, number) for number in range(3)]
        assert [result() for result in results] == [0, 1, 2]
        assert beside.begin(process)() == os.getpid()


def test_beside_leaves_the_keyboard_to_the_first_process() -> None:
    with Beside() as beside:
        results = [beside.begin(stopped, signal.SIGINT, number) for number in range(3)]
        assert [result() for result in results] == [0, 1, 2]


def test_beside_hands_on_what_went_wrong() -> None:
    with Beside() as beside, pytest.raises(ValueError):  # noqa: PT011 - it has no text
        beside.begin(refused)()

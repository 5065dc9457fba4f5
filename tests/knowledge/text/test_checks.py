"""Claims put with a request to check them come to a plain claim; other messages stay as they are."""

from __future__ import annotations

import pytest

from knowledge.asking.ask import Asker
from knowledge.text.checks import as_claim

CLAIM = "听泉小屋有32张床"


@pytest.mark.parametrize(
    "message",
    [
        f"{CLAIM},我这么写对不对?",
        f"核一下:{CLAIM}",
        f"{CLAIM}。以上内容是否属实?请核实。",
        f"初稿里写{CLAIM},表述妥当吗?",
        f"“{CLAIM}”这个说法站得住脚吗",
        f"能否确认{CLAIM}?",
        f"难道{CLAIM}",
        f"莫非是{CLAIM}",
        f"可不可以写成{CLAIM}",
        f"判断题:{CLAIM}。( )",
        f"听说{CLAIM},麻烦把把关,谢谢",
        f"{CLAIM},拿不准,请核",
        f"{CLAIM},当否?",
    ],
)
def test_a_request_to_check_is_no_part_of_the_claim(valleys: Asker, message: str) -> None:
    assert as_claim(message, valleys.base.lexicon) == f"{CLAIM},对吗?"


@pytest.mark.parametrize(
    "message", [f"{CLAIM},哪里写错了吗", f"{CLAIM},有没有写错", f"这句话有没有错?“{CLAIM}”", f"{CLAIM},有误吗,请核实"]
)
def test_whether_something_is_wrong_is_not_to_be_answered_with_yes(valleys: Asker, message: str) -> None:
    assert as_claim(message, valleys.base.lexicon) == f"{CLAIM},是真是假?"


@pytest.mark.parametrize(
    "message",
    [
        "is it accurate to say that mistpine hut has 24 beds?",
        "my draft says that mistpine hut has 24 beds. is that ok?",
        "fact-check: mistpine hut has 24 beds",
        "mistpine hut has 24 beds. true or false?",
        "can you confirm mistpine hut has 24 beds?",
        "i was told that mistpine hut has 24 beds. is that correct?",
        "is the claim that mistpine hut has 24 beds true?",
        "so mistpine hut has 24 beds?",
        "mistpine hut has 24 beds?",
    ],
)
def test_requests_in_english(valleys: Asker, message: str) -> None:
    assert as_claim(message, valleys.base.lexicon) == "mistpine hut has 24 beds, right?"


@pytest.mark.parametrize(
    "message",
    [
        "huts built in 1934?",
        "how many beds mistpine hut has?",
        "mistpine hut beds?",
        "listening spring hut, when was it built?",
        "难道有人知道听泉小屋有几张床",
        "听泉小屋有几张床,请核实",
        "核实一下听泉小屋有几张床",
        f"{CLAIM},对吗",
        "听泉小屋的床位,看看",
        "这句话对吗?",
        "can you check how many beds mistpine hut has?",
    ],
)
def test_questions_and_plain_claims_stay_as_they_are(valleys: Asker, message: str) -> None:
    assert as_claim(message, valleys.base.lexicon) == message

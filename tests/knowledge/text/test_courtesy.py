"""Chatter around a question is dropped, however it is put together; nothing that a question is about is."""

from __future__ import annotations

import pytest

from knowledge.store.base import Base
from knowledge.text.courtesy import strip_polite

QUESTIONS = ("雾松小屋有几张床", "鹰石小屋是哪年建的", "红岩谷的向导多还是青石谷的多")


@pytest.mark.parametrize(
    "around",
    [
        "{}", "请问{}", "请问{}?谢谢", "帮我瞄一眼{}", "劳驾帮忙查证下{}", "领导刚刚催着让我核实:{}",
        "有读者来信问{}", "我翻了半天没找到,{}", "我不太确定{}", "昨晚跟同事争论,{}", "写稿急用,{}", "根据资料,{}",
        "文章里提到,{}", "{},备课用", "{},领导等着要", "{},帮我瞅瞅呗", "{},我死活想不起来", "{},看了半天也没看懂",
        "{},文中怎么写的", "{},注明来源和日期", "{} 我记混了", "快问快答:{}", "你好,有空的话帮我查查{},辛苦啦",
        "呜呜,要疯了,{}", "{}qwq",
    ],
)  # fmt: skip
@pytest.mark.parametrize("question", QUESTIONS)
def test_chatter_is_dropped_at_both_ends(around: str, question: str, alpine_base: Base) -> None:
    assert strip_polite(around.format(question), alpine_base.lexicon).strip("?") == question


@pytest.mark.parametrize(
    "around",
    [
        "{}", "could you double check {}", "my editor wants to know {}", "a reader asked me {}",
        "we're trying to confirm {}", "i have no idea {}", "{}, cite your sources", "{}, for an article",
        "{}, my boss is asking", "{}, if you know", "quick: {}", "{}, no fluff please",
    ],
)  # fmt: skip
def test_chatter_is_dropped_in_english(around: str, alpine_base: Base) -> None:
    question = "how many beds does mistpine hut have"
    assert strip_polite(around.format(question), alpine_base.lexicon).strip("?") == question


@pytest.mark.parametrize(
    "text",
    [
        "急救中心在哪里", "老师有几位", "看下半年的游客有多少", "谁回答了记者的问题", "雾松小屋的老板",
        "雾松小屋,老板", "能搜索全网的是哪个", "领导是谁", "文章是谁写的", "雾松小屋有几张床,日期呢",
        "雾松小屋有几张床,不算冬天", "雾松小屋有几张床,按人均算", "我国有几座山", "同事的小屋",
        "which hut passed the check", "who asked the question", "the answer", "确认", "你好",
        "领导要求的床位数是多少",
    ],
)  # fmt: skip
def test_what_is_asked_about_stays(text: str, alpine_base: Base) -> None:
    assert strip_polite(text, alpine_base.lexicon) == text


@pytest.mark.parametrize(
    ("text", "left"), [("你好,谢谢", "谢谢"), ("请问,请问", "请问"), ("谢谢谢谢", "谢谢"), ("", "")]
)
def test_of_courtesies_alone_the_last_stays(text: str, left: str, alpine_base: Base) -> None:
    assert strip_polite(text, alpine_base.lexicon) == left

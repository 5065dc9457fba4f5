import pytest

from knowledge.text.naming import which_ones


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("甲市的三份规划,名称分别是什么?", "甲市的三份规划是哪些?"),
        ("甲市那2座灯塔叫什么名字", "甲市那2座灯塔是哪些"),
        ("甲家族四款模型的全称有哪些?", "甲家族四款模型是哪些?"),
        ("把甲岛和乙岛的灯塔名字各列一遍", "甲岛和乙岛的灯塔各有哪些"),
        ("甲岛和乙岛都是3个港口,把两地的名字各列一遍", "甲岛和乙岛的港口各有哪些"),
        ("列出甲岛和乙岛两地的港口名称", "甲岛和乙岛的港口各有哪些"),
    ],
)
def test_names_of_so_many_ask_which_they_are(asked: str, meant: str) -> None:
    assert which_ones(asked) == meant


@pytest.mark.parametrize(
    "asked",
    [
        "甲市那座灯塔叫什么名字?",
        "3个月后叫什么",
        "甲公司改名之后叫什么?",
        "甲岛和乙岛各有几个港口?",
        "列出甲岛和乙岛的合作项目",
    ],
)
def test_any_other_question_stays_as_it_is(asked: str) -> None:
    assert which_ones(asked) == asked


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("甲市去年发的补贴办法,标题怎么写", "甲市去年发的补贴办法叫什么"),
        ("甲市那份规划的全称是什么?", "甲市那份规划叫什么?"),
        ("甲市同日印发的两份管理文件,文件名各是?", "甲市同日印发的两份管理文件是哪些?"),
        ("甲市的文件标题很长", "甲市的文件标题很长"),
    ],
)
def test_the_title_of_a_document_is_its_name(asked: str, meant: str) -> None:
    assert which_ones(asked) == meant

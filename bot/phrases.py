"""What the terminal says of its own accord, in each language; answers are worded in answers/templates."""

from __future__ import annotations

import os

_ZH_HANT = {
    "welcome": "模都：只按已發表的文章回答“{title}”，每個說法都附出處。輸入 /help 看用法，Ctrl-D 離開。",
    "help": (
        "直接提問即可。給出幾個選項時，輸入編號來選。\n"
        "/sources 或 来源　上一個答案的出處（資料庫含原文時附原文）\n"
        "/lang zh-Hans|zh-Hant|en|auto　答案的語言\n"
        "/help　本說明　　/quit　離開（或 Ctrl-D）"
    ),
    "related": "相關資料（不是答案）：",
    "no_sources": "上一個答案沒有出處。",
    "lang": "答案的語言：{language}",
    "lang_usage": "用法：/lang zh-Hans|zh-Hant|en|auto",
    "unknown_command": "沒有 {command} 這個命令；/help 看用法。",
    "auto": "隨問題",
    "bye": "再見。",
}
_ZH_HANS = {
    "welcome": "模都：只按已发表的文章回答“{title}”，每个说法都附出处。输入 /help 看用法，Ctrl-D 离开。",
    "help": (
        "直接提问即可。给出几个选项时，输入编号来选。\n"
        "/sources 或 来源　上一个答案的出处（资料库含原文时附原文）\n"
        "/lang zh-Hans|zh-Hant|en|auto　答案的语言\n"
        "/help　本说明　　/quit　离开（或 Ctrl-D）"
    ),
    "related": "相关资料（不是答案）：",
    "no_sources": "上一个答案没有出处。",
    "lang": "答案的语言：{language}",
    "lang_usage": "用法：/lang zh-Hans|zh-Hant|en|auto",
    "unknown_command": "没有 {command} 这个命令；/help 看用法。",
    "auto": "随问题",
    "bye": "再见。",
}
_EN = {
    "welcome": 'Modu answers from articles on "{title}" and cites each claim. /help for help, Ctrl-D to leave.',
    "help": (
        "Just ask. Where options are offered, type the number of the one you mean.\n"
        "/sources  the sources of the last answer, quoted where the base has the texts\n"
        "/lang zh-Hans|zh-Hant|en|auto  language of the answers\n"
        "/help  this help    /quit  leave (or Ctrl-D)"
    ),
    "related": "Related, but not the answer:",
    "no_sources": "The last answer has no sources.",
    "lang": "Language of the answers: {language}",
    "lang_usage": "Use: /lang zh-Hans|zh-Hant|en|auto",
    "unknown_command": "There is no command {command}; /help shows all.",
    "auto": "that of the question",
    "bye": "Goodbye.",
}
_TEXTS = {"zh-Hans": _ZH_HANS, "zh-Hant": _ZH_HANT, "en": _EN}
LANGUAGES = tuple(_TEXTS)


def phrase(name: str, language: str, /, **values: str) -> str:
    """The phrase in one of LANGUAGES, with its values filled in."""
    return _TEXTS[language][name].format(**values)


def language_of_terminal() -> str:
    """The language of the user's environment (LC_ALL, LC_MESSAGES, LANG), en where it is neither Chinese."""
    locale = next((v for n in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := os.environ.get(n))), "")
    if not locale.startswith("zh"):
        return "en"
    return "zh-Hant" if locale.startswith(("zh_TW", "zh_HK", "zh_MO", "zh_Hant")) else "zh-Hans"

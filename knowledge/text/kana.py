"""Japanese questions: the few words that ask, and what stands around them, in the Chinese that the base can read."""

from __future__ import annotations

from knowledge.text.patterns import pattern

_KANA = pattern("[\u3041-\u30fa]")
_TABLE = (
    "大规模言语モデル=大模型 大规模モデル=大模型 大型モデル=大模型 言语モデル=语言模型 モデル=模型 "
    "パラメータ数=参数量 パラメータ=参数 パラメーター=参数 チップ=芯片 ロボット=机器人 オープンソース=开源 "
    "という名前の= と呼ばれる= という= における=的 についての=的 について= によると= によれば= 名前=名字 "
    "会社はどこ=公司是哪家 企业はどこ=企业是哪家 会社名=公司 会社=公司 企业数=企业数量 都市=城市 本社=总部 "
    "创业者=创始人 设立=成立 公开=发布 发表=发布 买收=收购 受赏=获得 ビル=大厦 ではない=不是 じゃない=不是 "
    "の数はいくつ=有几个 のもの=的 どんな=哪些 どのような=哪些 コア=核心 知能=智能 教えてください= "
    "教えて下さい= 教えて= の数は=有几个 何という=叫什么 何と言=叫什么 何社=几家 何个=几个 何件=几项 "
    "何回=几次 何度=几次 何年=哪年 何月=几月 何日=哪天 何人=几人 なに=什么 いくつ=几个 "
    "はいくら=是多少 いくら=多少 どのくらい=多少 どれくらい=多少 いつ=什么时候 どこにあり=在哪里 どこ=哪里 "
    "どの=哪个 どれ=哪个 どちら=哪个 だれ=谁 なぜ=为什么 どうして=为什么 から=从 まで=到 より=比 と=和 の=的 "
    "何です=什么 何が=什么 何を=什么 何の=什么 何は=什么 "
    "ではありません=不是 ありません=没有 ません=没有 ない=没有"
)
"""Japanese words, folded, with what they come to; the longest that stands at a place counts."""
_WORDS = {word: meant for word, _, meant in (pair.partition("=") for pair in _TABLE.split())}
_KNOWN = pattern("|".join(sorted(_WORDS, key=len, reverse=True)))
_ASKS = pattern(r"(?:です|ます|ました|でしょう|である|だった|でした)か[?。 ]*$|か[?]$")
_DEED = pattern("([^がはもを,。?]+)を([\u3400-\u9fff]{2})(?:した|する|している|しました|します)")
"""What is done, with the verb behind it."""
_NAME = pattern("[\u30a1-\u30fa]{2}")
_ENDING = pattern("[\u3041-\u3096]+")
"""What is left of the grammar: particles and endings of verbs."""
_WHAT = pattern("[几哪谁]|什么|多少")


def from_japanese(text: str) -> str:
    """A folded text with kana as what it comes to in Chinese; any other as it is."""
    if not _KANA.search(text):
        return text
    said, asks = _KNOWN.sub(lambda m: _WORDS[m[0]], text), _ASKS.search(text) is not None
    if _NAME.search(said) or (said == text and not asks):
        return text  # names that nobody knows, or no Japanese
    said = _DEED.sub(r"\2\1的", said)
    said = _ENDING.sub("", said).strip("。?, ")
    return f"{said}吗?" if asks and not _WHAT.search(said) else f"{said}?"

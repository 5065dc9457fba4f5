"""Other words for what was there first (五家医院哪家资格最老): it is asked which of them was founded first."""

from __future__ import annotations

from knowledge.text.patterns import pattern

_MOST = "最"
_ELDEST = pattern("(?:资格|年头|历史|建立得|[建办开]得|成立得)最(?:老|早|久|长|悠久|为悠久)")
_OLD = ("老", "old", "久", "悠")
"""One of these stands in each question for the older of several."""
_OLDER = pattern(
    "(?:资格|年头|历史)?(?P<most>最|更|还要|比较)(?:古老|老|悠久|久远)(?![师板虎百牌乡家年旧实])"
    "|(?<=[谁座家所条间个艘支处])(?:的?(?:资格|年头|历史))?(?:老|久|悠久)(?=[?？ ]*$)"
)
_OLDER_EN = pattern(
    r"\b(?P<which>which|what)(?P<noun>(?: [a-z]+){0,3}?) (?:is|was) (?:the )?(?:oldest|older)\b"
    r"|\b(?P<one>which|what) (?:is|was) the oldest (?P<kind>[a-z]+)"
)


def founded_first(text: str) -> str:
    """A folded text, with the usual words for being the oldest of several things."""
    return _ELDEST.sub("成立最早", text) if _MOST in text else text


def begun_first(text: str) -> str:
    """A folded text that asks for the older of several, with the words for having been founded first."""
    if not any(word in text for word in _OLD):
        return text
    text = _OLDER.sub(lambda m: "成立最早" if m["most"] == _MOST else "成立更早", text)
    return _OLDER_EN.sub(
        lambda m: f"which{m['noun'] or ''}{' ' + m['kind'] if m['kind'] else ''} was founded first", text
    )

"""What of a message is written for a machine (chat templates, JSON): it asks nothing, whatever it orders."""

from __future__ import annotations

from knowledge.text.patterns import pattern

_SIGNS = frozenset("{<[")
_WRITTEN = pattern(
    r"(?:\{ ?\"\w+\" ?: ?\[ ?)?[\"'“”}\], ]*\{[^{}]{0,300}\"[ ]*:[^{}]{0,300}\}[\"'“”\]}, ]*"
    r"|<\|?(?:im_start|system|sys|begin[\w ]*)\|?>.{0,300}?<\|?/?(?:im_end|system|sys|end[\w ]*)\|?>"
    r"|\[(?P<order>inst|system|sys)\].{0,300}?\[/(?P=order)\]"
    r"|<(?P<code>script|style)\b[^<>]{0,200}>.{0,300}?</(?P=code)>|</?[a-z][a-z0-9]{0,9}(?: [^<>]{0,200})?/?>"
    r"|</?s>|<\|[^|<>]{0,30}\|>|</?(?:system|user|assistant|sys|inst)>|\[/?(?:inst|system|sys|user|assistant)\]"
)
_LEAST = 4
"""Characters that have to be left for it to be a message of its own."""


def unmarked(text: str) -> str:
    """The folded text without what is written for a machine, if anything is left besides."""
    if _SIGNS.isdisjoint(text):
        return text
    left = _WRITTEN.sub(" ", text).strip(" ,，。;；")
    return left if sum(map(str.isalnum, left)) >= _LEAST else text

"""A saved web page as an article: its text, a paragraph a line, and what the page says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.errors import ModuError


@dataclass(frozen=True, slots=True)
class Page:
    """What could be read off a page; '' for what it does not say."""

    text: str
    """A paragraph a line."""
    title: str = ""
    publisher: str = ""
    author: str = ""
    published: str = ""
    """ISO."""
    url: str = ""


def read_page(html: str) -> Page:
    """The article of a page, without menus, advertisements and comments.

    Raises ModuError where there is none, or where the library that finds it (trafilatura) is not installed.
    """
    try:
        import trafilatura
    except ImportError as error:
        raise ModuError("web pages need the library trafilatura: pip install 'modu[html]'; or save the text") from error
    found = trafilatura.bare_extraction(html, with_metadata=True, include_comments=False)
    if found is None or isinstance(found, dict) or not found.text:
        raise ModuError("no article was found on the page; save its text as a .txt file, a paragraph a line")
    return Page(
        text=found.text,
        title=found.title or "",
        publisher=found.sitename or "",
        author=found.author or "",
        published=found.date or "",
        url=found.url or "",
    )

"""Elements of HTML as `markupsafe.Markup`: a type that escapes every plain string it is combined with.

All HTML of the dashboard is made with `tag`. Only this module calls `Markup` on anything but a literal, and no
other writes elements in f-strings (`tests/dashboard/test_markup.py`): no name from the data can become an element.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape


class Html(Markup):
    """HTML that is shown as it was made: in any other text `st.html` looks for lines to unindent, each time."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


NOTHING: Markup = Html("")

_VOID = ("br", "img")
_KINDS = 512  # of elements; a program has some hundred


def tag(selector: str, *content: str, **attributes: str | float | None) -> Markup:
    """An element: `tag("p.vb-soft", "a < b", lang="en")` is `<p class="vb-soft" lang="en">a &lt; b</p>`.

    `selector` is the element's name and its classes, as in a style sheet. Content is escaped unless it is Markup;
    the values of attributes always are. An underscore in an attribute's name stands for a hyphen (`aria_hidden`),
    and an attribute that is None is left out. Raises ValueError for a selector that is none.
    """
    name, start = _start(selector)
    for key, value in attributes.items():
        if value is not None:
            start += f' {_hyphened(key)}="{escape(str(value))}"'
    return Html(f"{start}>" if name in _VOID else f"{start}>{_joined(content)}</{name}>")


@lru_cache(_KINDS)
def _start(selector: str) -> tuple[str, str]:
    """The name of an element, and its beginning up to where its attributes go."""
    name, *classes = selector.split(".")
    if not all(part.replace("-", "").isalnum() for part in (name, *classes)):
        raise ValueError(selector)
    return name, f'<{name} class="{" ".join(classes)}"' if classes else f"<{name}"


@lru_cache(_KINDS)
def _hyphened(attribute: str) -> str:
    return attribute.replace("_", "-")


def fragment(*parts: str) -> Markup:
    """Pieces one after the other, without an element around them; plain strings are escaped."""
    return Html(_joined(parts))


def _joined(parts: Iterable[str]) -> str:
    """As `NOTHING.join`, which makes what is HTML already into HTML once more; a table has thousands of pieces."""
    return "".join([part if isinstance(part, Markup) else escape(part) for part in parts])


def fill(text: str, **parts: Markup) -> Markup:
    """A text with HTML in place of its placeholders: `fill("{value} points", value=tag("b", "7"))`.

    `say(lang, key, value="{value}")` fills in all other placeholders of a text and leaves this one.
    """
    filled = escape(text)
    for name, part in parts.items():
        filled = filled.replace(f"{{{name}}}", part)
    return filled


def link(text: str, address: str) -> Markup:
    """A link that opens in the same window."""
    return tag("a", text, href=address, target="_self")


def paragraphs(sentences: Iterable[str]) -> Markup:
    """Each sentence as a paragraph of its own."""
    return fragment(*(tag("p", sentence) for sentence in sentences))


def items(lines: Iterable[str]) -> Markup:
    """Each line as an item of a list."""
    return fragment(*(tag("li", line) for line in lines))


def visually_hidden(text: str) -> Markup:
    """Text for screen readers only."""
    return tag("span.vb-hidden", text)


def script(code: str) -> Markup:
    """Code that runs in the browser, as an element. Raises ValueError where it would end itself."""
    if "</" in code:
        raise ValueError(code)
    return Html(f"<script>{code}</script>")


def style(rules: str) -> Markup:
    """Rules of a style sheet as an element. Raises ValueError where they would end themselves."""
    if "</" in rules:
        raise ValueError(rules)
    return Html(f"<style>{rules}</style>")

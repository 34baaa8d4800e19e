"""The words: the same keys and the same blanks in both languages, and none outside their files."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

from dashboard.text import LANGUAGES, texts

DASHBOARD = Path(__file__).parents[2] / "dashboard"
VIETNAMESE = set("ăâđêôơưĂÂĐÊÔƠƯ") | set("áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ")
PRODUCT = "Vượt Bậc"


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_keys() -> None:
    assert texts("vi").keys() == texts("en").keys()


@pytest.mark.parametrize("key", texts("vi"))
def test_both_languages_fill_the_same_blanks(key: str) -> None:
    assert blanks(texts("vi")[key]) == blanks(texts("en")[key])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_is_empty_or_padded(lang: str) -> None:
    for key, text in texts("vi" if lang == "vi" else "en").items():
        assert text.strip() == text, key
        assert text, key


def written_out(path: Path) -> list[str]:
    """The Vietnamese words in a module's literals; docstrings, single letters and Problems' own words aside."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    aside: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            aside.add(node.value)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Problem", "Text"):
            aside.update(ast.walk(node))
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in aside
        if len(node.value) > 1 and VIETNAMESE & set(node.value.lower().replace(PRODUCT.lower(), ""))
    ]


@pytest.mark.parametrize("path", sorted(DASHBOARD.rglob("*.py")), ids=lambda path: path.name)
def test_words_live_in_their_files(path: Path) -> None:
    assert written_out(path) == []

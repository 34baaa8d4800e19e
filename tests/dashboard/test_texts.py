"""The words: the same keys and the same blanks in both languages, and none outside their files."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

from dashboard.text import LANGUAGES, texts
from data.text import Language

DASHBOARD = Path(__file__).parents[2] / "dashboard"
VIETNAMESE = set("ăâđêôơưĂÂĐÊÔƠƯ") | set("áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ")
PRODUCT = "Vượt Bậc"


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_keys() -> None:
    assert texts("vi")
    assert texts("vi").keys() == texts("en").keys()


def test_both_languages_fill_the_same_blanks() -> None:
    other = texts("en")
    unlike = {
        key: (blanks(text), blanks(other[key]))
        for key, text in texts("vi").items()
        if blanks(text) != blanks(other[key])
    }
    assert not unlike, unlike


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_is_empty_or_padded(lang: Language) -> None:
    untidy = {key: text for key, text in texts(lang).items() if not text or text.strip() != text}
    assert not untidy, untidy


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


def test_words_live_in_their_files() -> None:
    modules = sorted(DASHBOARD.rglob("*.py"))
    assert modules
    astray = {str(path.relative_to(DASHBOARD)): words for path in modules if (words := written_out(path))}
    assert not astray, astray

"""The command that writes the overview of a province on one page."""

from __future__ import annotations

import io
from pathlib import Path

from pypdf import PdfReader

from tests.command.conftest import Run


def text(path: Path) -> str:
    reader = PdfReader(io.BytesIO(path.read_bytes()))
    assert len(reader.pages) == 1
    return reader.pages[0].extract_text()


def test_any_spelling_and_the_edition_that_the_dashboard_opens_with(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "tom tat.pdf"
    status, said, _ = run("brief", "--province", "nam dinh", "--out", str(out))
    assert status == 0
    assert said == f"Đã ghi bản tóm tắt: {out}\n"
    assert "thứ 45/63" in text(out)


def test_another_index_year_and_language(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "brief.pdf"
    status, said, _ = run("brief", "-p", "63-22", "-i", "par", "-y", "2023", "-o", str(out), "--lang", "en")
    assert (status, said) == (0, f"Brief written: {out}\n")
    assert "Quang Ninh" in text(out)


def test_one_of_the_34_by_its_code_and_a_former_province_in_their_edition(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "brief.pdf"
    assert run("brief", "-p", "34-37", "-o", str(out))[0] == 0
    assert "Hợp thành từ Hà Nam, Nam Định và Ninh Bình" in text(out)
    status, said, _ = run("brief", "-p", "63-36", "-y", "2025", "-o", str(out))
    assert status == 0
    assert said.startswith("• Nam Định (63-36) từ 1/7/2025 thuộc Ninh Bình (34-37)")


def test_what_cannot_be_is_one_sentence_and_status_2(run: Run, tmp_path: Path) -> None:
    for arguments, named in (
        (("-p", "Nam Dinhh", "-o", str(tmp_path / "x.pdf")), "63-36"),
        (("-p", "63-36", "-y", "1999", "-o", str(tmp_path / "x.pdf")), "2005–2025"),
        (("-p", "63-36", "-o", str(tmp_path / "none" / "x.pdf")), "none"),
        (("-p", "63-36"), "--out"),
    ):
        status, said, complaint = run("brief", *arguments)
        assert (status, said) == (2, "")
        assert named in complaint
        assert complaint.count("\n") == 1
    assert list(tmp_path.iterdir()) == []

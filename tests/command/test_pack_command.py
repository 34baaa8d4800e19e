"""`vuotbac pack`: files in a folder, for one province or for all, whole or not at all."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from dashboard.command import pack
from tests.command.conftest import Run

PCI = ("pack", "--index", "pci", "--year", "2019")
QUICK = ("--format", "workbook", "--contents", "summary,history")


def found(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_one_province_by_any_spelling(run: Run, tmp_path: Path) -> None:
    status, out, err = run(*PCI, "--province", "nam dinh", "--out", str(tmp_path / "new"), *QUICK)
    assert (status, err) == (0, "")
    assert found(tmp_path / "new") == {"pci-2019-63-36-bang-tinh.xlsx"}
    assert out == f"Đã ghi 1 tệp của 1 gói vào {tmp_path / 'new'}\n"
    book = openpyxl.load_workbook(tmp_path / "new" / "pci-2019-63-36-bang-tinh.xlsx")
    assert book.worksheets[0]["A1"].value == "Phân tích kết quả PCI năm 2019 của Nam Định"


def test_in_english_with_choices_and_as_a_zip(run: Run, tmp_path: Path) -> None:
    options = ("--lang", "en", "--zip", "--top", "20", "--against", "median", "--peers", "63-01,Quảng Ninh")
    contents = ("--contents", "gaps,neighbours", "--format", "workbook,deck")
    status, out, err = run(
        "pack", "-i", "pci,papi", "-y", "2019", "-p", "63-36", "-o", str(tmp_path), *options, *contents
    )
    assert (status, err) == (0, "")
    assert out == f"Wrote 1 files of 1 packs to {tmp_path}\n"
    (name,) = found(tmp_path)
    assert name == "vuotbac-pci-papi-2019-63-36-en.zip"
    with zipfile.ZipFile(tmp_path / name) as archive:
        assert set(archive.namelist()) == {
            "pci-papi-2019-63-36-slides.pptx",
            "pci-papi-2019-63-36-workbook.xlsx",
        }
        with archive.open("pci-papi-2019-63-36-workbook.xlsx") as file:
            book = openpyxl.load_workbook(file)
    peers = book["PCI Peers"]
    assert {"Nam Dinh", "Ha Noi", "Quang Ninh"} == {peers.cell(row, 1).value for row in range(5, 8)}
    assert "median" in book["PCI Gaps"]["A1"].value


def test_a_merged_province_is_found_and_said(run: Run, tmp_path: Path) -> None:
    status, out, _ = run(
        "pack", "-i", "pci", "-y", "2025", "-p", "Nam Định", "-o", str(tmp_path), "-f", "workbook"
    )
    assert status == 0
    assert out.startswith("• ")
    assert "Ninh Bình" in out.splitlines()[0]
    assert found(tmp_path) == {"pci-2025-34-37-bang-tinh.xlsx"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-p", "atlantis"), "atlantis"),
        (("-p", "63-36", "--format", "pdf"), "pdf"),
        (("-p", "63-36", "--contents", "poems"), "poems"),
        (("-p", "63-36", "--contents", ""), "phần"),
        (("-p", "63-36", "--against", "luck"), "luck"),
        (("-p", "63-36", "--top", "99"), "99"),
        (("-p", "63-36", "--peers", "atlantis"), "atlantis"),
        (("-p", "63-36", "--all"), "--all"),
        ((), "--province"),
        (("-p", "63-36", "-i", "pci,gdp"), "gdp"),
        (("-p", "63-36", "-y", "1999"), "1999"),
    ],
)
def test_bad_input_is_one_sentence_and_leaves_nothing(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    status, out, err = run(*PCI, "--out", str(tmp_path / "new"), *arguments)
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert said in err
    assert not (tmp_path / "new").exists()


def test_a_folder_that_is_a_file_is_refused_before_anything_is_made(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack, "_write_all", lambda *_, **__: pytest.fail("it began"))
    (tmp_path / "file").write_text("")
    status, _, err = run(*PCI, "-p", "63-36", "--out", str(tmp_path / "file"), *QUICK)
    assert status == 2
    assert str(tmp_path / "file") in err


def test_all_are_made_and_those_unknown_are_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    everyone = pack._provinces

    def some(*given: object) -> list[str]:
        listed = everyone(*given)  # type: ignore[arg-type]
        assert len(listed) == 63
        # Tuyên Quang's PAR INDEX of 2012 and before isn't known.
        return ["63-36", "63-22", "63-08"]

    monkeypatch.setattr(pack, "_provinces", some)
    status, out, err = run("pack", "--all", "-i", "pci", "-y", "2019", "-o", str(tmp_path), *QUICK)
    assert (status, err) == (0, "")
    assert found(tmp_path) == {f"{unit}/pci-2019-{unit}-bang-tinh.xlsx" for unit in ("63-36", "63-22", "63-08")}
    status, out, err = run(
        "pack", "--all", "-i", "sipas", "-y", "2015", "-o", str(tmp_path / "zips"), "--zip", *QUICK
    )
    assert status == 0
    left_out, last = out.splitlines()
    made = found(tmp_path / "zips")
    assert left_out.startswith(f"Bỏ qua {3 - len(made)} nơi")
    assert last == f"Đã ghi {len(made)} tệp của {len(made)} gói vào {tmp_path / 'zips'}"
    assert made < {f"vuotbac-sipas-2015-{unit}-vi.zip" for unit in ("63-36", "63-22", "63-08")}


def test_all_means_the_units_of_the_edition(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[list[str]] = []

    def listed(_frames: object, _noted: object, packs: list[object], *_: object, **__: object) -> None:
        asked.append([item.province for item in packs])  # type: ignore[attr-defined]

    monkeypatch.setattr(pack, "_write_all", listed)
    for year in (2006, 2019, 2025):
        assert run("pack", "--all", "-i", "pci", "-y", str(year), "-o", str(tmp_path), *QUICK)[0] == 0
    then, now, merged = asked
    assert "63-28" in then  # Hà Tây, until 2008
    assert len(now) == 63
    assert "63-28" not in now
    assert len(merged) == 34
    assert all(unit.startswith("34-") for unit in merged)


def test_help_is_there_in_both_languages(run: Run) -> None:
    for lang, word in (("vi", "Gói hội nghị"), ("en", "conference pack")):
        status, out, _ = run("pack", "--help", "--lang", lang)
        assert status == 0
        assert word in out

"""LibreOffice, where there is one: to reckon workbooks anew and to see documents as pages."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="LibreOffice is not installed (Debian: libreoffice-calc, libreoffice-impress, libreoffice-writer)",
)

# A profile in which workbooks are always reckoned anew when they are opened.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""


def converted(documents: Mapping[str, bytes], ending: str, folder: Path) -> dict[str, bytes]:
    """Documents by name, opened and saved again by LibreOffice, which starts once for all of them."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    sources = [folder / f"{name}.{ending}" for name in documents]
    for source, document in zip(sources, documents.values(), strict=True):
        source.write_bytes(document)
    out = folder / "converted"
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", ending]
    subprocess.run(
        [*command, "--outdir", str(out), *map(str, sources)],
        check=True,
        capture_output=True,
        timeout=240,
        text=True,
    )
    return {source.stem: (out / source.name).read_bytes() for source in sources}


def without_results(workbook: bytes) -> bytes:
    """The workbook with the results of its formulas taken out: whoever shows one has reckoned it."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item)
            if item.filename.startswith("xl/worksheets/sheet"):
                content = re.sub(rb"(<f>[^<]*</f>)<v>[^<]*</v>", rb"\1", content)
            new.writestr(item, content)
    return target.getvalue()

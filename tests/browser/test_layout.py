"""Every page fits a phone and a desk and can be read by all: nothing sticks out, axe-core finds nothing wrong."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE
from tests.browser.reading import opened, resized, settled, sticking_out

# Each page once, and how many charts it has.
PAGES = [
    ("/overview?index=pci&year=2019&province=63-36", 2),
    ("/rankings?index=pci&year=2019&province=63-36", 0),
    ("/trends?index=pci&year=2023&province=63-36&rivals=63-37&lang=vi", 3),
    ("/weaknesses?index=pci&year=2019&province=63-36&lang=vi", 2),
    ("/target?index=pci&year=2019&province=63-36", 1),
    ("/change?index=pci&year=2019&province=63-36&lang=vi", 2),
    ("/drivers?index=pci&year=2019&province=63-36", 3),
    ("/pack?index=pci&year=2019&province=63-36&also=par&lang=vi", 0),
    ("/data?index=pci&year=2023&province=63-36&lang=vi", 1),
    ("/method?lang=vi", 0),
]
# With other figures, choices and words: each with each other at least once, not all with all.
OTHERS = [
    ("/", 0),
    ("/overview?province=34-37", 2),
    ("/overview?province=63-04&index=par&lang=en", 1),
    ("/rankings?index=pci&year=2019&province=63-36&view=bands&lang=en", 0),
    ("/rankings?index=pci&year=2019&province=63-36&view=merged&lang=vi", 1),
    ("/rankings?index=pci&year=2023&province=63-48&view=merged&by=score&lang=en", 1),
    ("/rankings?index=pci&year=2019&province=63-36&view=map&lang=vi", 1),
    ("/rankings?index=pci&year=2019&province=63-46&view=map&lang=vi", 1),
    ("/rankings?index=par&year=2023&province=63-36&view=tiles&lang=en", 1),
    ("/rankings?index=pci&year=2023&province=63-36&view=slope&from=2015&lang=vi", 1),
    ("/trends?index=pci&year=2025&province=34-37&lang=en", 4),
    ("/trends?index=pci&year=2023&province=63-04&behind=peers&lang=vi", 3),
    ("/trends?index=papi&year=2024&province=63-04&lang=en", 3),
    ("/weaknesses?index=par&year=2023&province=63-49&lang=en", 0),
    ("/target?province=63-04&index=pci&year=2023&lang=en", 1),
    ("/target?province=63-36&index=par&year=2023", 1),
    ("/target?province=34-37", 0),
    ("/target?index=pci", 1),
    # A row and a column for what stayed the same, in the language with the longer words.
    ("/change?index=pci&year=2019&province=63-04&lang=en", 2),
    ("/drivers?part=robustness&index=pci&year=2019&province=63-36&lang=vi", 2),
    ("/pack?province=63-04&index=pci&year=2023&lang=en", 0),
    ("/pack?province=63-36&index=par&year=2023", 0),
    ("/pack?province=34-37&index=par&year=2025", 0),
    ("/pack?index=pci", 0),
    ("/data?index=pci&year=2023&province=63-36&lang=en&part=figure", 0),
    ("/data?index=pci&year=2023&province=63-36&lang=vi&part=audit", 0),
    ("/data?index=pci&year=2023&province=63-36&lang=en&part=import", 0),
    ("/data?index=pci&year=2023&province=63-36&lang=vi&part=download", 0),
]
# An empty group of a drawing is announced by nobody.
ASIDE = {"exclude": [["svg g:empty"]]}

pytestmark = pytest.mark.timeout(300)


on_a_phone_first = pytest.mark.parametrize("page", [pytest.param(PHONE, id="phone-desk")], indirect=True)


@on_a_phone_first
@pytest.mark.parametrize(("path", "charts"), PAGES)
def test_every_page_fits_and_can_be_read_by_light_and_in_the_dark(page: Page, path: str, charts: int) -> None:
    test_nothing_sticks_out(page, path, charts)
    assert seriously_wrong(page) == []
    page.emulate_media(color_scheme="dark")
    settled(page)
    assert seriously_wrong(page) == []


@on_a_phone_first
@pytest.mark.parametrize(("path", "charts"), OTHERS)
def test_nothing_sticks_out(page: Page, path: str, charts: int) -> None:
    opened(page, path, charts)
    assert sticking_out(page) == []
    resized(page, DESK)
    assert sticking_out(page) == []


def seriously_wrong(page: Page) -> list[tuple[str, str, str]]:
    """What axe-core finds that keeps people from reading or using the page."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, context=ASIDE).response["violations"]
    return [
        (item["id"], str(node["target"]), node["failureSummary"])
        for item in found
        if item["impact"] in ("serious", "critical")
        for node in item["nodes"]
    ]

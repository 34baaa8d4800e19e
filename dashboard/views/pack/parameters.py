"""What the address of the conference pack says beside the province, the index and the year."""

from __future__ import annotations

from dataclasses import dataclass, field

from analytics.weakness.weakness import Against
from dashboard.documents.content.specification import EVERYTHING
from dashboard.documents.formats import FORMATS
from dashboard.session.parameters import Parameters, named
from data.text import Language

# The region of the province, among the units that it is compared with; that there are none, or no other index.
REGION, NOTHING = "region", "none"
USUAL = tuple(key for key, output in FORMATS.items() if output.usual)


@dataclass(frozen=True, slots=True)
class PackParameters(Parameters):
    """What is ordered; a field that the address does not name is what most would order.

    `beside` are units and `REGION`, `none` where nobody; `lang` (`in` in the address) is None for the page's own
    language. `note` is the component that is written about and `note_of` its index.
    """

    also: tuple[str, ...] = ()
    against: Against = "target"
    top: int | None = None
    beside: tuple[str, ...] = (REGION,)
    parts: tuple[str, ...] = EVERYTHING
    files: tuple[str, ...] = USUAL
    lang: Language | None = field(default=None, metadata=named("in"))
    note: str | None = None
    note_of: str | None = None

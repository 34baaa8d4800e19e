"""The names of agencies in either language, with former ones, and those of the cities."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.weakness.agency import Agency
from dashboard.text import say, texts
from data.spelling import fold
from data.text import Language


def name(agency: str, lang: Language, *, city: bool = False) -> str:
    """The name of an agency (Vietnamese, as the data have it); one that is not listed stays as it is.

    `city`: of one of the cities under the central government, whose office and inspectorate are named after it.
    """
    words, key = texts(lang), fold(agency)
    return words.get(f"agency.city.{key}" if city else "", words.get(f"agency.name.{key}", agency))


def written(agency: Agency, lang: Language, *, city: bool = False) -> str:
    """An agency with its former name: `Sở Tài chính (trước là Sở Kế hoạch và Đầu tư)`."""
    today = name(agency.today, lang, city=city)
    if agency.former is None:
        return today
    return changed(today, [name(agency.former, lang, city=city)], lang)


def changed(today: str, former: Sequence[str], lang: Language) -> str:
    """A name with those it had before; in English `Department of` is not said anew: `(formerly of …)`."""
    kind, again = say(lang, "agency.kind"), say(lang, "agency.again")
    said = [item.replace(kind, again, 1) if today.startswith(kind) else item for item in former]
    return say(lang, "agency.changed", today=today, former="; ".join(said))

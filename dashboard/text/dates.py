"""Days and moments as people in Vietnam tell them, wherever the server stands."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from dashboard.text import say
from data.text import Language

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def today() -> date:
    """The day it is in Vietnam."""
    return datetime.now(VIETNAM).date()


def local(moment: datetime) -> datetime:
    """A moment of the store, which keeps UTC without saying so, on the clocks of Vietnam."""
    return moment.replace(tzinfo=UTC).astimezone(VIETNAM)


def day(when: date, lang: Language) -> str:
    """A day: `22/11/2026`, in English `22 November 2026`."""
    return f"{when:%d/%m/%Y}" if lang == "vi" else f"{when.day} {when:%B %Y}"


def moment(when: datetime, lang: Language) -> str:
    """A moment of the store: `14:05 22/11/2026 (giờ Việt Nam)`."""
    shown = local(when)
    written = f"{shown:%H:%M %d/%m/%Y}" if lang == "vi" else f"{shown:%d %b %Y %H:%M}"
    return say(lang, "data.utc7", moment=written)

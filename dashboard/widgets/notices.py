"""What the address asks for and the page can't show: sentences, and where the reader may go instead."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.html.markup import link
from dashboard.session.context import Context


def notices(at: Context) -> list[str]:
    """The sentences, and links to the provinces that the unit asked for was made of, where it can't be shown."""
    said = [notice.in_(at.lang) for notice in at.reading.notices]
    names = at.resources.names
    members = names.members.get(at.reading.written.get("province", "").strip(), ())
    if members and at.selection.province is None:
        links = (link(names.name(unit).in_(at.lang), at.selection.link(province=unit)) for unit in sorted(members))
        said.append(Markup(" · ").join(links))
    return said

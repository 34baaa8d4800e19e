"""Parts of the page on the conference pack: the order, what it will say, its making, the province's notes."""

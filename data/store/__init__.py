"""The store in two parts: figures, built and replaced as a whole, and entries, which are what people enter."""

from data.store.connecting import place_of
from data.store.people import Forbidden, Person, Role, local
from data.store.snapshot import Snapshot
from data.store.store import Store, default_path

__all__ = ["Forbidden", "Person", "Role", "Snapshot", "Store", "default_path", "local", "place_of"]

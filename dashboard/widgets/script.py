"""The scripts of the project's own components, as static files that browsers cache."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

_STATIC = Path(__file__).parents[1] / "static"


def script(name: str) -> str:
    """The JavaScript that a component is registered with: two lines that import `static/<name>.js`.

    Streamlit sends a component's script with every run that draws it, so it should be short. The file's address
    has a digest of its content, and is relative to the page, so that it works under any base path.
    """
    version = sha256((_STATIC / f"{name}.js").read_bytes()).hexdigest()[:12]
    address = f"app/static/{name}.js?v={version}"
    # Streamlit takes a string without a line break for a file name.
    return (
        f"const module = await import(new URL('{address}', document.baseURI));\nexport default module.default;\n"
    )

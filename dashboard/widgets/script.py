"""The scripts of the project's own components, which a browser fetches once and keeps."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

_STATIC = Path(__file__).parents[1] / "static"


def script(name: str) -> str:
    """What a component is registered with: two lines that import `dashboard/static/<name>.js`.

    Streamlit sends a component's script with every run that draws it. The file's address changes with its content
    and is relative to the page's, beside which `app/static` lies under any base path.
    """
    version = sha256((_STATIC / f"{name}.js").read_bytes()).hexdigest()[:12]
    address = f"app/static/{name}.js?v={version}"
    # Streamlit takes what has no line break for the name of a file.
    return (
        f"const module = await import(new URL('{address}', document.baseURI));\nexport default module.default;\n"
    )

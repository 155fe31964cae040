"""What a library holds, in a few figures."""

from __future__ import annotations

from typing import Any

from index.derived import views
from index.library import Library
from index.rows import database


def status_of(library: Library) -> dict[str, Any]:
    """Counts, generation, encoder and taxonomy, as `waymark status --json` prints them.

    `view` is the generation that would answer now, None when it has to be built first.
    """
    with library.catalog() as catalog:
        counts = catalog.counts()
        generation = database.generation(catalog.connection)
    return {
        "home": str(library.home.path),
        "documents": counts.documents,
        "pages": counts.pages,
        "passages": counts.passages,
        "generation": generation,
        "view": views.newest(library.home),
        "encoder": library.identity.name,
        "encoder_sha256": library.identity.sha256,
        "dimension": library.identity.dimension,
        "taxonomy": f"{library.taxonomy.id}/{library.taxonomy.version}",
    }

"""An opened library: its rows, its views, its encoder, its tags."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from corpus import taxonomy as taxonomies
from corpus.taxonomy import Taxonomy
from index.derived import views
from index.derived.current_views import CurrentViews, begin_writing, refuse_another_encoder
from index.derived.views import Views
from index.encoding import converted_apart, encoder
from index.encoding.encoder import Encoder, EncoderIdentity, SentenceEncoder
from index.encoding.glossing_encoder import glossing
from index.encoding.open_encoder import open_encoder
from index.files.home import Home
from index.rows import database
from index.rows.catalog import Catalog
from index.rows.database import LibraryError
from index.tagging.current_tagger import CurrentTagger
from index.tagging.tagger import Heads


class _OwnRows(threading.local):
    """The rows that a thread keeps open. file: device and inode of their file, None when the next
    reader has to open them.
    """

    file: tuple[int, int] | None = None
    catalog: Catalog


class Library:
    """A library that exists. Safe to share between threads."""

    def __init__(self, home: Home, taxonomy: Taxonomy, identity: EncoderIdentity) -> None:
        self.home = home
        self.taxonomy = taxonomy
        self.identity = identity
        self._encoder: Encoder | None = None
        # A thread that holds the writer's lock may wait for this lock, so a thread that holds this
        # one must not wait for the writer's.
        self._encoder_guard = threading.Lock()
        self._views = CurrentViews(home, identity)
        self._tagger = CurrentTagger(home, taxonomy, identity)
        self._own_rows = _OwnRows()

    @classmethod
    def create(
        cls, home: Home, model: str = encoder.BUNDLED, taxonomy_file: Path = taxonomies.STARTER
    ) -> Library:
        """Make an empty library for an encoder and a taxonomy, and open it.

        The encoder is converted for this machine, which takes ten seconds, unless that was done.
        Raises LibraryError when there is one already, EncoderError when the model cannot be
        loaded, TaxonomyError when the taxonomy breaks the rules.
        """
        if home.database.exists():
            raise LibraryError(f"there is a library already in {home.path}")
        if home.path.exists() and not home.path.is_dir():
            raise LibraryError(f"{home.path} is a file: name a folder for the library")
        text = taxonomies.read_text(taxonomy_file)
        taxonomies.check_ids(taxonomies.parse(text, str(taxonomy_file)), str(taxonomy_file))
        opened = glossing(_opened(encoder.load(model), home.models))
        with closing(database.create(home.database)) as connection:
            database.write_setting(connection, "encoder", opened.identity.as_dict())
            database.write_setting(connection, "taxonomy", text)
        home.files.mkdir(exist_ok=True)
        made = cls.open(home)
        made._encoder = opened
        return made

    @classmethod
    def open(cls, home: Home) -> Library:
        """Open a library. Raises LibraryError when there is none, or it cannot be read."""
        with closing(database.connect(home.database)) as connection:
            identity = database.read_setting(connection, "encoder")
            text = database.read_setting(connection, "taxonomy")
        if identity is None or text is None:
            raise LibraryError(
                f"{home.database} was never finished: remove it, then 'waymark init'"
            )
        return cls(home, taxonomies.parse(text, str(home.database)), EncoderIdentity(**identity))

    @contextmanager
    def catalog(self) -> Iterator[Catalog]:
        """The rows, over a new connection that is closed afterwards."""
        with closing(database.connect(self.home.database)) as connection:
            yield Catalog(connection)

    @contextmanager
    def writing(self) -> Iterator[Catalog]:
        """The rows, under the writer's lock and after `begin_writing`. Raises as that does."""
        with views.lock(self.home, wait_seconds=None), self.catalog() as catalog:
            self.begin_writing(catalog)
            yield catalog

    def begin_writing(self, catalog: Catalog) -> None:
        """See `current_views.begin_writing`."""
        begin_writing(self.home, catalog, self.identity)

    @contextmanager
    def reading(self) -> Iterator[Catalog]:
        """The rows, only to be read, over a connection that the thread keeps for the next time.

        Opening and closing one takes half a millisecond, and more with many readers, since each
        call of SQLite waits for Python's lock again.
        """
        found = self.home.database.stat() if self.home.database.is_file() else None
        file = (found.st_dev, found.st_ino) if found else None
        own = self._own_rows
        if file is None or own.file != file or database.is_changed(own.catalog.connection):
            own.catalog = Catalog(database.connect(self.home.database))
            own.catalog.connection.execute("PRAGMA query_only = ON")
            own.file = file
        try:
            yield own.catalog
            database.refuse_changed(own.catalog.connection)
        except BaseException:
            own.file = None  # whatever broke may be the connection
            raise

    @property
    def encoder(self) -> Encoder:
        """The encoder that made the library's vectors.

        Raises EncoderError when it cannot be loaded, LibraryError when it is no longer the same:
        vectors of two models never meet.
        """
        with self._encoder_guard:
            if self._encoder is None:
                loaded = encoder.load(self.identity.name)
                if loaded.sha256 != self.identity.sha256:
                    raise LibraryError(
                        f"the library was made with {self.identity.name} "
                        f"{self.identity.sha256[:12]}, but {loaded.sha256[:12]} is "
                        "installed: install the former, or add the documents to a new library"
                    )
                opened = _opened(loaded, self.home.models)
                self._encoder = glossing(opened) if self.identity.glossed else opened
            return self._encoder

    def heads(self) -> Heads | None:
        """The tagger's heads: the library's own, else the shipped ones; None when neither fits.

        Raises TaggerError when they are there but damaged.
        """
        found = self._tagger.load()
        return found.heads if found else None

    def tagger_folder(self) -> Path | None:
        """Where the heads lie that `heads` returns. Raises TaggerError as it does."""
        found = self._tagger.load()
        return found.folder if found else None

    def views(self) -> Views:
        """The views of the rows as they are now.

        Views that are missing, damaged or older than the rows are built anew. While a writer is at
        work, or where they cannot be written, the last whole ones answer.
        Raises LibraryError when the rows were encoded anew with another encoder meanwhile,
        UnwrittenViewError when there is no whole one.
        """
        with self.catalog() as catalog:
            return self.views_of(catalog)

    def views_of(self, catalog: Catalog) -> Views:
        """As `views`, over a connection that is open: opening another takes half a millisecond."""
        return self._views.of(catalog)

    @property
    def behind(self) -> int | None:
        """See `CurrentViews.behind`."""
        return self._views.behind

    def refuse_another_encoder(self, catalog: Catalog) -> None:
        """Raise LibraryError when the rows were encoded with another encoder since this library was
        opened. Writers call it once they have the lock, for which they may have waited meanwhile.
        """
        refuse_another_encoder(catalog, self.identity)


def _opened(model: SentenceEncoder, models: Path) -> Encoder:
    converted_apart.prepare(model, models)
    return open_encoder(model, models)

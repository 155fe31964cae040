"""An opened library: its rows, its views, its encoder, its tags."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from filelock import Timeout

from corpus import taxonomy as taxonomies
from corpus.taxonomy import Taxonomy
from index.derived import views
from index.derived.views import DamagedViewError, UnwrittenViewError, Views
from index.encoding import converted_apart, encoder
from index.encoding.encoder import Encoder, EncoderIdentity, SentenceEncoder
from index.encoding.glossing_encoder import glossing
from index.encoding.open_encoder import open_encoder
from index.files.home import Home
from index.rows import database
from index.rows.catalog import Catalog
from index.rows.database import LibraryError
from index.tagging import own_tagger, tagger
from index.tagging.tagger import Heads, TaggerError

_log = logging.getLogger(__name__)

_REST_SECONDS = 30.0
"""Between two tries to write a view for which there is no room: each costs the time of building it,
and every question waits for it."""

_Tagger = tuple[Path, Heads]
_Which = tuple[Path, int, int]
"""A folder of heads; inode and time of its `heads.json`, zeros where there is none."""


class _Kept(threading.local):
    """A thread's connection, and the file that it is open on: device and inode."""

    which: tuple[int, int] | None = None
    catalog: Catalog


class Library:
    """A library that exists. Safe to share between threads."""

    def __init__(self, home: Home, taxonomy: Taxonomy, identity: EncoderIdentity) -> None:
        self.home = home
        self.taxonomy = taxonomy
        self.identity = identity
        self._encoder: Encoder | None = None
        self._views: Views | None = None
        self._unwritten: UnwrittenViewError | None = None
        self._tried = 0.0
        self._tagger: tuple[_Which | None, _Tagger | None] | None = None
        # Each guards one of the two. Whoever holds the writer's lock may wait for them, so nobody
        # who holds one of them may wait for the writer's lock.
        self._encoder_guard = threading.Lock()
        self._views_guard = threading.Lock()
        self._kept = _Kept()

    @classmethod
    def create(
        cls, home: Home, model: str = encoder.BUNDLED, taxonomy_file: Path = taxonomies.STARTER
    ) -> Library:
        """Make an empty library for an encoder and a taxonomy, and open it.

        The encoder is converted for this machine, which takes ten seconds, unless it lies there.
        Raises LibraryError when there is one already, EncoderError when the model cannot be
        loaded, TaxonomyError when the taxonomy breaks the rules.
        """
        if home.database.exists():
            raise LibraryError(f"there is a library already in {home.path}")
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
        """The rows, over a connection of their own that is closed afterwards."""
        with closing(database.connect(self.home.database)) as connection:
            yield Catalog(connection)

    @contextmanager
    def writing(self) -> Iterator[Catalog]:
        """The rows, under the writer's lock. Raises as `begin_writing` does."""
        with views.lock(self.home, wait=True), self.catalog() as catalog:
            self.begin_writing(catalog)
            yield catalog

    def begin_writing(self, catalog: Catalog) -> None:
        """What comes before every change and every view, under the writer's lock. Raises as
        `refuse_another_encoder` and `views.set_lost_aside` do.
        """
        self.refuse_another_encoder(catalog)
        views.set_lost_aside(self.home, catalog.connection)

    @contextmanager
    def reading(self) -> Iterator[Catalog]:
        """The rows, to be read alone, over a connection that the thread keeps for the next time.

        Opening and closing one takes half a millisecond, and with many readers more: each call of
        SQLite waits anew for Python's lock.
        """
        file = self.home.database.stat() if self.home.database.is_file() else None
        which = (file.st_dev, file.st_ino) if file else None
        if which is None or self._kept.which != which:
            self._kept.catalog = Catalog(database.connect(self.home.database))
            self._kept.catalog.connection.execute("PRAGMA query_only = ON")
            self._kept.which = which
        try:
            yield self._kept.catalog
        except BaseException:
            self._kept.which = None
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
        found = self._chosen()
        return found[1] if found else None

    def tagger_folder(self) -> Path | None:
        """Where the heads lie that `heads` returns. Raises TaggerError as it does."""
        found = self._chosen()
        return found[0] if found else None

    def _chosen(self) -> _Tagger | None:
        while True:
            own = self._own_tagger()
            try:
                return self._fitting(own)
            except TaggerError:
                if own == self._own_tagger():
                    raise
                # A training has put another in place while this one was read, and removed it.

    def _own_tagger(self) -> Path | None:
        with self.catalog() as catalog:
            return own_tagger.in_use(self.home, catalog.connection)

    def _fitting(self, own: Path | None) -> _Tagger | None:
        """The first that fits; kept, since reading one takes up to 60 ms."""
        which = _which(own) if own else None
        kept = self._tagger
        if kept is None or kept[0] != which:
            kept = self._tagger = which, self._read_tagger(own)
        return kept[1]

    def _read_tagger(self, own: Path | None) -> _Tagger | None:
        for folder in (own, tagger.SHIPPED):
            if folder is not None:
                heads = tagger.load(folder)
                if tagger.fits(heads, self.identity, self.taxonomy):
                    return folder, heads
        return None

    def views(self) -> Views:
        """The views of the rows as they are.

        A view that is missing, damaged or older than the rows is built anew, unless a writer is
        at work or it cannot be written: then the last whole one answers until that is over.
        Raises LibraryError when the rows were encoded anew with another encoder meanwhile,
        UnwrittenViewError when there is no whole one.
        """
        with self.catalog() as catalog:
            return self.views_of(catalog)

    def views_of(self, catalog: Catalog) -> Views:
        """As `views`, over a connection that is open: opening another takes half a millisecond."""
        while True:
            with self._views_guard:
                self.refuse_another_encoder(catalog)
                generation = database.generation(catalog.connection)
                if self._views is None or self._views.generation != generation:
                    self._views = self._current(catalog, generation)
                if self._views is not None:
                    return self._views
            with views.lock(self.home, wait=True):
                pass  # the writer is done, and has built them or left that to us

    @property
    def behind(self) -> int | None:
        """The generation that answers where the views of the rows could not be written."""
        return self._views.generation if self._unwritten and self._views else None

    def _current(self, catalog: Catalog, generation: int) -> Views | None:
        """The views of the rows; an older one, or None, when only the writer at work has them."""
        try:
            found = views.load(self.home, generation)
        except DamagedViewError as error:
            damage = error
        else:
            self._unwritten = None
            return found
        if self._unwritten and time.monotonic() - self._tried < _REST_SECONDS:
            return self._instead(self._unwritten)
        try:
            with views.lock(self.home, wait=False):
                found = self._rebuilt(catalog, damage)
        except Timeout:
            return self._views or self._older()
        except UnwrittenViewError as error:
            return self._instead(self._noted(error))
        self._unwritten = None
        return found

    def _noted(self, error: UnwrittenViewError) -> UnwrittenViewError:
        if self._unwritten is None:  # a disk that is full is full at every question
            _log.warning("%s", error)
        self._unwritten, self._tried = error, time.monotonic()
        return error

    def _instead(self, error: UnwrittenViewError) -> Views:
        """The last whole view, in place of one that cannot be written. Raises `error` if none."""
        found = self._views or self._older()
        if found is None:
            raise error
        return found

    def _older(self) -> Views | None:
        newest = views.newest(self.home)
        if newest is None:
            return None
        try:
            return views.load(self.home, newest)
        except DamagedViewError:
            return None

    def refuse_another_encoder(self, catalog: Catalog) -> None:
        """Raise LibraryError when the rows were encoded anew, with another encoder, since this
        library was opened. Writers call it under the lock: they may have waited for that.
        """
        identity = database.read_setting(catalog.connection, "encoder")
        if EncoderIdentity(**identity) != self.identity:
            raise LibraryError(
                f"the library was given the encoder {identity['name']} since it was opened: "
                "start this program again"
            )

    def _rebuilt(self, catalog: Catalog, damage: DamagedViewError) -> Views:
        self.begin_writing(catalog)
        generation = database.generation(catalog.connection)
        # Missing is usual: another program added something and was stopped before it built them.
        missing = views.newest(self.home) != generation
        level = logging.INFO if missing else logging.WARNING
        why = "they were not built yet" if missing else damage
        _log.log(level, "views of generation %d are built anew: %s", generation, why)
        dimension = self.identity.dimension
        try:
            return views.load(self.home, views.renew(self.home, catalog, dimension))
        except DamagedViewError:  # what was added to was damaged already
            return views.load(self.home, views.build(self.home, catalog, dimension))


def _which(folder: Path) -> _Which:
    try:
        found = (folder / "heads.json").stat()
    except OSError:
        return folder, 0, 0
    return folder, found.st_ino, found.st_mtime_ns


def _opened(model: SentenceEncoder, models: Path) -> Encoder:
    converted_apart.prepare(model, models)
    return open_encoder(model, models)

"""The views that answer questions now: those of the rows, or the last whole ones instead."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import suppress

from filelock import Timeout

from index.derived import views
from index.derived.views import DamagedViewError, UnwrittenViewError, Views
from index.encoding.encoder import EncoderIdentity
from index.files.home import Home
from index.rows import database
from index.rows.catalog import Catalog
from index.rows.database import LibraryError

_log = logging.getLogger(__name__)

_REST_SECONDS = 30.0
"""Between two tries to write a view for which there is no room. Each try takes as long as building
the view, and the question that begins it waits."""


def refuse_another_encoder(catalog: Catalog, identity: EncoderIdentity) -> None:
    """Raise LibraryError when the rows were encoded anew with another encoder than this one."""
    there = database.read_setting(catalog.connection, "encoder")
    if EncoderIdentity(**there) != identity:
        raise LibraryError(
            f"the library was given the encoder {there['name']} since it was opened: "
            "start this program again"
        )


def begin_writing(home: Home, catalog: Catalog, identity: EncoderIdentity) -> None:
    """Refuse to write with another encoder, and set views of lost changes aside. To be called under
    the writer's lock, before every change and before a view is built.

    Raises as `refuse_another_encoder` and `views.set_lost_aside` do.
    """
    refuse_another_encoder(catalog, identity)
    views.set_lost_aside(home, catalog.connection)


def _not_writable(home: Home, damage: DamagedViewError, error: OSError) -> UnwrittenViewError:
    """What is said where the writer's lock cannot be taken, as in a folder that this user may not
    write to.
    """
    return UnwrittenViewError(
        f"the views are missing, damaged or old ({damage}), and none can be written in {home.path} "
        f"({error.strerror}): have them built there, or in a copy, by 'waymark rebuild'"
    )


class CurrentViews:
    """The views of one library, kept from question to question. Safe to share between threads.

    Views that are missing, damaged, older than the rows or of an earlier format are built anew.
    While a writer is at work, or where there is no room, the last whole ones answer.
    """

    def __init__(self, home: Home, identity: EncoderIdentity) -> None:
        self._home = home
        self._identity = identity
        self._loaded: Views | None = None
        self._unwritten: UnwrittenViewError | None = None
        self._tried = 0.0
        # A thread that holds the writer's lock may wait for this lock, so a thread that holds this
        # one must not wait for the writer's.
        self._guard = threading.Lock()

    @property
    def behind(self) -> int | None:
        """The generation that answers in place of the rows' own, whose views could not be written;
        None where they could.
        """
        return self._loaded.generation if self._unwritten and self._loaded else None

    def of(self, catalog: Catalog) -> Views:
        """The views of the rows, or the last whole ones in their place.

        Raises LibraryError when the rows were encoded anew with another encoder meanwhile,
        UnwrittenViewError when there is no whole view and none can be written.
        """
        while True:
            with self._guard:
                refuse_another_encoder(catalog, self._identity)
                generation = database.generation(catalog.connection)
                if not self._is_loaded(generation):
                    self._loaded = self._load(catalog, generation)
                if self._loaded is not None:
                    return self._loaded
            # No whole view and a writer at work: wait for its end. It has built the views then, or
            # leaves that to the next round.
            with views.lock(self._home, wait_seconds=None):
                pass

    def _is_loaded(self, generation: int) -> bool:
        found = self._loaded
        return found is not None and (found.generation, found.format) == (generation, views.FORMAT)

    def _load(self, catalog: Catalog, generation: int) -> Views | None:
        """The views of a generation, or the last whole ones; None when there are none of either and
        a writer is at work.
        """
        try:
            found = views.load(self._home, generation)
        except DamagedViewError as error:
            damage = error
        else:
            self._unwritten = None
            return found
        return self._build(catalog, damage)

    def _build(self, catalog: Catalog, damage: DamagedViewError) -> Views | None:
        """As `_load`, where the views of the rows cannot be loaded: build them anew if that can be
        done now. damage: why they cannot be loaded.
        """
        if self._unwritten and time.monotonic() - self._tried < _REST_SECONDS:
            return self._last_whole_or(self._unwritten)
        try:
            with views.lock(self._home, wait_seconds=0):
                found = self._rebuild(catalog, damage)
        except Timeout:
            return self._last_whole()
        except UnwrittenViewError as error:
            return self._instead(error)
        except OSError as error:
            return self._instead(_not_writable(self._home, damage, error))
        self._unwritten = None
        return found

    def _instead(self, error: UnwrittenViewError) -> Views:
        """The last whole views, where those of the rows cannot be written; raises `error` when
        there are none.
        """
        if self._unwritten is None:  # a disk that is full is full at every question
            _log.warning("%s", error)
        self._unwritten, self._tried = error, time.monotonic()
        return self._last_whole_or(error)

    def _rebuild(self, catalog: Catalog, damage: DamagedViewError) -> Views:
        begin_writing(self._home, catalog, self._identity)
        generation = database.generation(catalog.connection)
        # Missing is usual: another program added something and was stopped before it built them.
        missing = views.newest(self._home) != generation
        level = logging.INFO if missing else logging.WARNING
        why = "they were not built yet" if missing else damage
        _log.log(level, "views of generation %d are built anew: %s", generation, why)
        dimension = self._identity.dimension
        try:
            return views.load(self._home, views.renew(self._home, catalog, dimension))
        except DamagedViewError:  # the view that was added to was damaged already
            return views.load(self._home, views.build(self._home, catalog, dimension))

    def _last_whole_or(self, error: UnwrittenViewError) -> Views:
        """The last whole views; raises `error` when there are none."""
        found = self._last_whole()
        if found is None:
            raise error
        return found

    def _last_whole(self) -> Views | None:
        """The views that answered before, or at first the newest in the folder, also of the earlier
        format. None when there are none, or they are damaged.
        """
        if self._loaded is not None:
            return self._loaded
        newest = views.newest(self._home)
        if newest is None:
            return None
        for of_format in (views.FORMAT, views.EARLIER):
            with suppress(DamagedViewError):
                return views.load(self._home, newest, of_format)
        return None

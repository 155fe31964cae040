-- Version 1. SQLite is the truth; everything under views/ is derived from it.

CREATE TABLE library (            -- what has to agree for the rows to make sense together
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL           -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE documents (
    document_id    TEXT PRIMARY KEY,   -- first 16 hex digits of content_sha256
    content_sha256 TEXT NOT NULL UNIQUE,
    file_sha256    TEXT NOT NULL,
    file_name      TEXT NOT NULL,
    source_id      TEXT NOT NULL,      -- the id a JSONL line carries, else ''
    title          TEXT NOT NULL,
    authors        TEXT NOT NULL,      -- JSON list
    publisher      TEXT NOT NULL,
    year           INTEGER,
    language       TEXT NOT NULL,
    url            TEXT NOT NULL,
    kind           TEXT NOT NULL,
    added_at       TEXT NOT NULL       -- ISO 8601, UTC
) STRICT;

-- speeds up removal: is another document read from the same file
CREATE INDEX documents_by_file ON documents (file_sha256);

CREATE TABLE files (                   -- read to the end, with nothing in them refused
    sha256   TEXT PRIMARY KEY,
    added_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE pages (
    document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    number      INTEGER NOT NULL,      -- 1-based, as the viewer counts
    label       TEXT NOT NULL,
    health      TEXT NOT NULL,
    PRIMARY KEY (document_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE passages (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,   -- names the passage inside the views; never used again
    passage_id  TEXT NOT NULL UNIQUE,  -- stable: document_id-position
    document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    text        TEXT NOT NULL,
    section     TEXT NOT NULL,         -- JSON list, outermost heading first
    kind        TEXT NOT NULL,
    page_first  INTEGER NOT NULL,
    page_last   INTEGER NOT NULL,
    page_breaks TEXT NOT NULL,         -- JSON list of [offset, page]
    vector      BLOB NOT NULL,         -- float16 (dim), unit length, since m004
    spans       BLOB NOT NULL,         -- int32 (n, 2), windows of sentences as offsets in text
    windows     BLOB NOT NULL          -- since m004 int8 (n, dim), each row behind a float16 scale
) STRICT;

-- speeds up removal, and reading a document in order
CREATE UNIQUE INDEX passages_by_document ON passages (document_id, position);

CREATE TABLE tags (
    number      INTEGER NOT NULL REFERENCES passages ON DELETE CASCADE,
    label       TEXT NOT NULL,
    probability REAL NOT NULL,         -- 0 to 1
    start       INTEGER NOT NULL,      -- the sentence that earned it, offsets in text
    stop        INTEGER NOT NULL,
    PRIMARY KEY (number, label)
) STRICT, WITHOUT ROWID;

-- speeds up filters by label
CREATE INDEX tags_by_label ON tags (label, number);

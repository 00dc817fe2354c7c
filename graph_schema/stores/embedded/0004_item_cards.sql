-- The search of the directory, laid out for a whole country: what an item is judged by lies on its
-- card (netwerk/domain/cards.py), and one index knows by which words and facts, of which kind and
-- about where each is found, so that several conditions at once cost no more than the rarest.

DROP TABLE item;
DROP TABLE item_key;
DROP TABLE item_place;
DELETE FROM form;

CREATE TABLE item (
    -- The number of netwerk.domain.items: the order of what has no place. Not the key of the table,
    -- in which what is made together lies together.
    number INTEGER NOT NULL UNIQUE,
    key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    node TEXT NOT NULL,
    organization TEXT,
    comes INTEGER NOT NULL,
    -- JSON; what nobody need go to, or may know the place of, has none. And a box around them.
    places TEXT NOT NULL,
    west REAL,
    east REAL,
    south REAL,
    north REAL,
    card TEXT NOT NULL,
    -- What is in item_index, to take it out again.
    marks TEXT NOT NULL
) STRICT;

CREATE INDEX item_of ON item (node);

CREATE VIRTUAL TABLE item_index USING fts5(
    marks, content='', detail=none, columnsize=0, tokenize='ascii'
);
-- A name that was taken away is gone from the file, and not only marked as gone.
INSERT INTO item_index (item_index, rank) VALUES ('secure-delete', 1);

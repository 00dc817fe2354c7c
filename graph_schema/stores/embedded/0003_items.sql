-- What the search of the directory finds: services, organizations, contact persons, volunteers. What
-- they are found by is worked out in netwerk/domain/items.py and kept here by
-- netwerk/adapters/embedded/items.py.

CREATE TABLE item (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    node TEXT NOT NULL,
    organization TEXT,
    comes INTEGER NOT NULL,
    -- JSON; what nobody need go to, or may know the place of, has none.
    places TEXT NOT NULL,
    placed INTEGER NOT NULL
) STRICT;

CREATE INDEX item_of ON item (node);
CREATE INDEX item_nowhere ON item (key) WHERE placed = 0;

-- By which words and facts.
CREATE TABLE item_key (
    key TEXT NOT NULL,
    item INTEGER NOT NULL,
    PRIMARY KEY (key, item)
) STRICT, WITHOUT ROWID;

CREATE INDEX item_key_of ON item_key (item, key);

-- At which places; an item may have several.
CREATE VIRTUAL TABLE item_place USING rtree (number, west, east, south, north, +item INTEGER);

-- The words of all items, by what they are recognised: '=' and a stem, '~' and the word or a slip.
CREATE TABLE form (
    form TEXT NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (form, word)
) STRICT, WITHOUT ROWID;

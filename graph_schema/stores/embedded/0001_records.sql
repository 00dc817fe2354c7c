-- The graph as rows: `properties` is the record as JSON text, the columns beside it are what
-- statements look for. All of it is written by netwerk/adapters/embedded/rows.py.

CREATE TABLE node (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    version INTEGER NOT NULL,
    properties TEXT NOT NULL,
    -- A Person agreed to be asked for others, or offers to help.
    connector INTEGER NOT NULL DEFAULT 0,
    willing INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX node_by_label ON node (label, id);

CREATE TABLE link (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    source TEXT NOT NULL REFERENCES node (id),
    target TEXT NOT NULL REFERENCES node (id),
    version INTEGER NOT NULL,
    properties TEXT NOT NULL,
    -- Whose file it stands in, for a type that belongs in one.
    owner TEXT,
    -- 1: nobody comes by here but through the owner's file.
    private INTEGER NOT NULL
) STRICT;

-- A foreign key looks here when a node is removed.
CREATE INDEX link_source ON link (source);
CREATE INDEX link_target ON link (target);

-- The adjacency: whole rows, in the order in which a search passes. A file's ties lie together;
-- somebody's way on lies apart from the ties that others told about them, so that a hub
-- costs what leads on from it and not what leads to it.
CREATE INDEX link_of ON link (owner, type, id, source, target, version, properties)
    WHERE owner IS NOT NULL;
CREATE INDEX link_from ON link (source, type, target, id, version, properties) WHERE private = 0;
CREATE INDEX link_to ON link (target, type, source, id, version, properties) WHERE private = 0;

-- Where offers are: the key is that of the Location's node.
CREATE VIRTUAL TABLE place USING rtree (key, west, east, south, north);

-- Who offers what for which need ('' is any), for offers that no distance leads to.
CREATE TABLE offer (
    need TEXT NOT NULL,
    comes_to_you INTEGER NOT NULL,
    placed INTEGER NOT NULL,
    room_known INTEGER NOT NULL,
    organization TEXT NOT NULL,
    service TEXT NOT NULL,
    formality TEXT NOT NULL,
    valid_from TEXT,
    valid_to TEXT,
    age_min INTEGER,
    age_max INTEGER,
    has_room INTEGER NOT NULL,
    PRIMARY KEY (need, comes_to_you, placed, room_known, organization, service)
) STRICT, WITHOUT ROWID;

CREATE INDEX offer_of ON offer (service);

// What the search of the directory finds (:Item), by which words and facts (:Key), at which places
// (:Spot), and by what its words are recognised (:Form). Worked out in netwerk/domain/items.py, kept
// by netwerk/adapters/neo4j/items.py.
CREATE CONSTRAINT item_key IF NOT EXISTS FOR (n:Item) REQUIRE n.key IS UNIQUE;
CREATE CONSTRAINT key_id IF NOT EXISTS FOR (n:Key) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT form_id IF NOT EXISTS FOR (n:Form) REQUIRE n.id IS UNIQUE;
CREATE INDEX item_node IF NOT EXISTS FOR (n:Item) ON (n.node);
CREATE INDEX item_placed IF NOT EXISTS FOR (n:Item) ON (n.placed, n.key);
CREATE POINT INDEX spot_place IF NOT EXISTS FOR (n:Spot) ON (n.place);

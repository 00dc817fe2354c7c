// The search of the directory, laid out for a whole country: what an item is judged by lies on its
// card (netwerk/domain/cards.py), and one index of texts knows by which words and facts, of which
// kind and about where each is found (netwerk/ports/marks.py). A word is a :Key, found by its :Form.
MATCH (n:Item|Spot|Form|Key) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS;
DROP INDEX item_placed IF EXISTS;
DROP INDEX spot_place IF EXISTS;
CREATE FULLTEXT INDEX item_index IF NOT EXISTS FOR (n:Item) ON EACH [n.marks]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}};

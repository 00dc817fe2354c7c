// Every node of the graph carries :Record beside its own label; `label` is kept as a property too, so that
// a parameter can name it. `properties` (JSON) is the record as it was given; the other
// properties are copies that queries filter on. Relationship ids get their constraints from the
// kinds in graph_schema, when the store is migrated.
CREATE CONSTRAINT record_id IF NOT EXISTS FOR (n:Record) REQUIRE n.id IS UNIQUE;
CREATE INDEX record_label IF NOT EXISTS FOR (n:Record) ON (n.label, n.id);
CREATE POINT INDEX location_place IF NOT EXISTS FOR (n:Location) ON (n.place);
CREATE INDEX tie_owner IF NOT EXISTS FOR ()-[r:TIE]-() ON (r.owner);
CREATE INDEX takes_part_owner IF NOT EXISTS FOR ()-[r:TAKES_PART]-() ON (r.owner);

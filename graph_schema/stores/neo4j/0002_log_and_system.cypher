// What is not graph. `LogHead` is one node: the last entry of the audit log, the lock that every
// writer takes first, and the mark of a load that is not finished.
CREATE CONSTRAINT log_head IF NOT EXISTS FOR (n:LogHead) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT log_entry IF NOT EXISTS FOR (n:LogEntry) REQUIRE n.number IS UNIQUE;
CREATE CONSTRAINT operation_id IF NOT EXISTS FOR (n:Operation) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT system_key IF NOT EXISTS FOR (n:System) REQUIRE (n.kind, n.key) IS UNIQUE;
CREATE INDEX system_owner IF NOT EXISTS FOR (n:System) ON (n.kind, n.owner);

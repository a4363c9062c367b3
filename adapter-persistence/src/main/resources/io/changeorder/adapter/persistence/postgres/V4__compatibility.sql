-- The oldest program that may work with this database, by the schema that it was made for. Every later migration begins
-- by saying it: it stays, if what is only added may be unknown to older programs, and what they go on writing is right;
--
--   UPDATE compatibility SET oldest = oldest;
--
-- or else it is the migration's own number. This waits until nothing is under way that older programs write, and has
-- everything of theirs that comes later find the table empty, also where that has the snapshot of a moment before:
--
--   TRUNCATE compatibility;
--   INSERT INTO compatibility (only_one, oldest) VALUES (1, 7);
CREATE TABLE compatibility (
    only_one BIGINT NOT NULL PRIMARY KEY CHECK (only_one = 1),
    oldest   BIGINT NOT NULL
);
INSERT INTO compatibility (only_one, oldest) VALUES (1, 4);

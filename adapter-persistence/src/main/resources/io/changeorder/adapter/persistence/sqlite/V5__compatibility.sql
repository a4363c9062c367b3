-- The oldest program that may work with this database, by the schema that it was made for. Every later migration begins
-- by saying it: it stays, if what is only added may be unknown to older programs, and what they go on writing is right;
--
--   UPDATE compatibility SET oldest = oldest;
--
-- or else it is the migration's own number:
--
--   UPDATE compatibility SET oldest = 7;
CREATE TABLE compatibility (
    only_one INTEGER NOT NULL PRIMARY KEY CHECK (only_one = 1),
    oldest   INTEGER NOT NULL
);
INSERT INTO compatibility (only_one, oldest) VALUES (1, 5);

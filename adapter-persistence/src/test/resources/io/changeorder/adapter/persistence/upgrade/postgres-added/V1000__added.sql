UPDATE compatibility SET oldest = oldest;
ALTER TABLE change_order ADD COLUMN reviewer TEXT COLLATE "C";
CREATE INDEX change_order_by_reviewer ON change_order (reviewer) WHERE reviewer IS NOT NULL;
CREATE TABLE review (change_order TEXT COLLATE "C" NOT NULL PRIMARY KEY, document TEXT NOT NULL);

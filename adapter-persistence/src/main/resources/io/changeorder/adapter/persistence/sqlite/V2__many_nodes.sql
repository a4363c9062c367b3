-- Which node halted growth, and so sees to it where no order is live. Of what was halted before, nobody knows.

DROP INDEX application_halted;
ALTER TABLE application ADD COLUMN halted_by TEXT;
UPDATE application SET halted_by = 'unknown' WHERE growth_halted = 1;
ALTER TABLE application DROP COLUMN growth_halted;
CREATE INDEX application_halted_by ON application (halted_by, id) WHERE halted_by IS NOT NULL AND live_order IS NULL;

-- What may be purged, the oldest first.
CREATE INDEX change_order_ended ON change_order (ended_at, id) WHERE ended_at IS NOT NULL;
CREATE INDEX batch_of_order ON batch (change_order);

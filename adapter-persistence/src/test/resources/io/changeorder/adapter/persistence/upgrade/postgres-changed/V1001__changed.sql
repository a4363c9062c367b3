-- What older programs write would still fit in, and be wrong.
TRUNCATE compatibility;
INSERT INTO compatibility (only_one, oldest) VALUES (1, 1001);
UPDATE application SET stamp = -stamp;

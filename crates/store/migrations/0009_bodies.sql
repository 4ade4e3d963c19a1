-- A body that is closed stays: what it decided names it for ever. Its items go to its successor.
alter table body add column closed_on text;
alter table body add column successor_id bigint references body (id);

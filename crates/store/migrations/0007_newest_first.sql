-- What changed last in a place, newest first: of every level of regions the publications are
-- walked in their order and no further than the page, however large the catalogue is.
drop index publication_by_region;
drop index publication_recent;
create index publication_by_province on publication (substr(region, 1, 2), seq);
create index publication_by_city on publication (substr(region, 1, 4), seq);
create index publication_by_county on publication (substr(region, 1, 6), seq);
create index publication_by_region on publication (region, seq);

-- What is shown now, in the order of publication: the site map passes over what was replaced.
create index publication_current on publication (seq) where until_seq is null;

-- The items of each body in the body's own order, as export.rs pages through them.
drop index item_by_body;
create index item_in_order on item (body_id, coalesce(position, 999999999), id);

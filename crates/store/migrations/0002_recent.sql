-- 最近有变化: what took effect last, in a province or in all of the country. A county's few
-- items are sorted by publication_by_region; of a million, the newest are read off here.
create index publication_recent on publication (from_on, seq, region) where until_seq is null;

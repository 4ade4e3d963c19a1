-- What stood in a draft at a revision, until someone saved over it: the base on which a save
-- that came too late is put together with the one before it, and what is brought back.
create table draft_save (
    edition_id bigint not null references edition (id),
    revision bigint not null,
    record text not null,
    -- Who saved over it, and when.
    by_id bigint not null,
    at text not null,
    primary key (edition_id, revision)
);
create index draft_save_by_time on draft_save (at);

-- Who has a draft open.
create table draft_open (
    edition_id bigint not null references edition (id),
    officer_id bigint not null references officer (id),
    seen_at text not null,
    primary key (edition_id, officer_id)
);
create index draft_open_by_time on draft_open (seen_at);

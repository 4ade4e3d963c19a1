-- 目录: items of one kind that an office keeps together, and what it hands to new ones.
create table directory (
    id bigint primary key,
    body_id bigint not null references body (id),
    standard text not null,
    kind text not null check (kind <> ''),
    name text not null check (name <> '' and length(name) <= 200),
    position bigint not null,
    -- 基本信息 for new items, as JSON (domain::content::Content).
    defaults text not null,
    abolished_at text
);
create unique index directory_one_name on directory (body_id, kind, name) where abolished_at is null;

-- 分组, under a 目录 or straight under a kind.
create table item_group (
    id bigint primary key,
    body_id bigint not null references body (id),
    kind text not null check (kind <> ''),
    directory_id bigint references directory (id),
    name text not null check (name <> '' and length(name) <= 200),
    position bigint not null
);
create unique index item_group_one_name on item_group (body_id, kind, coalesce(directory_id, 0), name);

-- The item's seat in its office's tree. Neither is part of an edition: arranging publishes nothing.
alter table item add column directory_id bigint references directory (id);
alter table item add column group_id bigint references item_group (id);
create index item_by_directory on item (directory_id) where directory_id is not null;
create index item_by_group on item (group_id) where group_id is not null;

-- 综合查询 reads what follows; a follower writes it from the editions, and it can be deleted.

-- What an item's current edition says, as it is compared (domain::query::Values as JSON).
-- office is its body's place: nine digits of the region, then 33 bits of the body's id, so
-- that a region with all below it is one range.
create table query_item (
    item_id bigint primary key,
    office bigint not null,
    said text not null
);
create unique index query_item_by_office on query_item (office, item_id);

-- Each thing that can be said, once. term is the hash of both, so that it need not be asked for.
create table query_term (
    key text not null,
    value text not null,
    term bigint not null,
    primary key (key, value)
);

-- Which items say it, in the order in which pages go.
create table query_entry (
    term bigint not null,
    office bigint not null,
    item_id bigint not null,
    primary key (term, office, item_id)
);

-- Items whose draft was saved since; what was decided is followed by the events.
create table query_due (
    item_id bigint primary key
);

-- How far the follower is: the last event, and the last item of a rebuilding that goes on.
create table query_progress (
    one bigint primary key check (one = 1),
    event_seq bigint not null,
    rebuilt_to bigint
);

-- 常用查询 that an officer keeps (domain::query::Query as JSON).
create table saved_query (
    id bigint primary key,
    officer_id bigint not null references officer (id),
    name text not null check (name <> '' and length(name) <= 200),
    query text not null,
    columns text not null
);
create unique index saved_query_one_name on saved_query (officer_id, name);

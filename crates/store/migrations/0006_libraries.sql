-- 文库: entered once, used by many. What an entry says is copied into an edition when it is
-- filled in, so nothing here changes one. region and body_id say whose an entry is: one body's,
-- a region's with all below it, or everyone's.

-- 法律法规, shared by all. The keys are title and 文号 as citations are compared
-- (domain::library::law_key, number_key). gathered: read out of items, and not yet checked.
create table law (
    id bigint primary key,
    revision bigint not null,
    title text not null check (title <> '' and length(title) <= 200),
    title_key text not null check (title_key <> ''),
    number text,
    number_key text not null,
    issuer text,
    kind text,
    effective_on text,
    repealed_on text,
    gathered bigint not null check (gathered in (0, 1)),
    saved_by bigint not null,
    saved_at text not null,
    check (effective_on is null or repealed_on is null or effective_on <= repealed_on)
);
create unique index law_one_number on law (title_key, number_key);

-- 条文: a row each wording. number is the article's, 1,000 times, and what was put in after it;
-- since is effective_on, or nothing, so that it can be a key.
create table law_article (
    law_id bigint not null references law (id),
    number bigint not null check (number >= 1000),
    since text not null,
    repealed_on text,
    text text not null,
    primary key (law_id, number, since)
);

-- 附件: the bytes lie in the store of files under their hash.
create table attachment (
    id bigint primary key,
    region text references region (code),
    body_id bigint references body (id),
    hash text not null check (length(hash) = 64),
    name text not null check (name <> '' and length(name) <= 200),
    media_type text not null,
    size_bytes bigint not null check (size_bytes > 0),
    saved_by bigint not null,
    saved_at text not null,
    check (region is null or body_id is null)
);
create index attachment_by_hash on attachment (hash);

-- 采集地址.
create table place (
    id bigint primary key,
    revision bigint not null,
    region text references region (code),
    body_id bigint references body (id),
    name text not null check (name <> '' and length(name) <= 100),
    address text not null check (address <> '' and length(address) <= 200),
    hours text not null,
    phone text not null,
    traffic text not null,
    coordinates text not null,
    windows text not null,
    saved_by bigint not null,
    saved_at text not null,
    check (region is null or body_id is null)
);

-- 业务系统.
create table business_system (
    id bigint primary key,
    revision bigint not null,
    region text references region (code),
    body_id bigint references body (id),
    name text not null check (name <> '' and length(name) <= 100),
    address text not null,
    owner text not null,
    phone text not null,
    saved_by bigint not null,
    saved_at text not null,
    check (region is null or body_id is null)
);

-- What an item uses is found by 综合查询, whose index is made anew by its follower.
delete from query_entry;
delete from query_term;
delete from query_item;
delete from query_progress;

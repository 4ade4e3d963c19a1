-- One text for SQLite and PostgreSQL: TEXT and BIGINT columns, no sequences.
-- Each rule that can be written as a constraint is written as one; src/tests breaks each.

-- 区划
create table region (
    code text primary key,
    name text not null,
    parent text references region (code),
    level text not null check (level in ('province', 'city', 'county', 'township')),
    -- The two digits of a township in a county's own code rule; registered, never computed.
    township_digits text check (township_digits <> '00' and length(township_digits) = 2)
);
create unique index region_one_township_digits on region (parent, township_digits) where township_digits is not null;

-- 实施主体
create table body (
    id bigint primary key,
    region text not null references region (code),
    name text not null check (name <> ''),
    credit_code text,
    letters text
);
create unique index body_one_name on body (region, name);
create unique index body_one_letters on body (region, letters) where letters is not null;

-- 事项. A code is bound to its item for ever; undoing an import leaves the item and its code.
create table item (
    id bigint primary key,
    body_id bigint not null references body (id),
    standard text not null,
    kind text not null check (kind <> ''),
    name text not null check (name <> ''),
    code text,
    parent_code text,
    position bigint
);
create unique index item_one_code on item (code) where code is not null;
-- Without the name, which may be longer than an index of PostgreSQL holds.
create index item_by_body on item (body_id);

-- 版本
create table edition (
    id bigint primary key,
    item_id bigint not null references item (id),
    number bigint not null check (number >= 1),
    revision bigint not null,
    state text not null check (state in ('draft', 'in_review', 'returned', 'approved', 'published', 'suspended', 'superseded', 'withdrawn')),
    operation text not null check (operation in ('create', 'change', 'split', 'merge', 'suspend', 'resume', 'withdraw', 'delegate', 'accept', 'baseline')),
    desk text,
    submitted_by bigint,
    standard_hash text not null,
    -- The whole item as JSON (domain::item::ItemRecord).
    record text not null,
    check ((state = 'in_review') = (desk is not null))
);
create unique index edition_one_number on edition (item_id, number);
create unique index edition_one_open on edition (item_id) where state in ('draft', 'in_review', 'returned', 'approved');
create unique index edition_one_live on edition (item_id) where state in ('published', 'suspended');

-- 流转记录, officers' eyes only. Rows are never changed; the hash chains them.
create table event (
    seq bigint primary key,
    edition_id bigint not null references edition (id),
    body text not null,
    hash text not null
);
create index event_by_edition on event (edition_id, seq);

-- 公布: all that the portal reads. A later row ends an earlier one of the same item;
-- until_seq and until_on only note that, and are outside the hash, as are code,
-- region and from_on, which say again what the notice says.
create table publication (
    seq bigint primary key,
    item_id bigint not null references item (id),
    edition_id bigint not null references edition (id),
    code text not null,
    region text not null,
    from_on text not null,
    notice text not null,
    hash text not null,
    until_seq bigint,
    until_on text,
    check ((until_seq is null) = (until_on is null))
);
create unique index publication_one_current on publication (item_id) where until_seq is null;
create index publication_by_code on publication (code, seq);
create index publication_by_region on publication (region, from_on, seq);

-- The last row of each chain.
create table chain_head (
    chain text primary key check (chain in ('event', 'publication')),
    seq bigint not null,
    hash text not null
);

-- The next number of each scope of codes.
create table serial (
    scope text primary key,
    next bigint not null check (next >= 1)
);

-- Ids are handed out in blocks.
create table id_block (
    name text primary key,
    next bigint not null
);

-- 导入
create table import (
    id bigint primary key,
    source text not null,
    standard text not null,
    state text not null check (state in ('running', 'done', 'undone')),
    started_at text not null
);

-- What became of each row; enough to undo it.
create table import_row (
    import_id bigint not null references import (id),
    number bigint not null,
    place text not null,
    outcome text not null check (outcome in ('imported', 'updated', 'unchanged', 'rejected')),
    item_id bigint references item (id),
    edition_id bigint references edition (id),
    -- The live edition that this row's edition replaced.
    replaced_id bigint references edition (id),
    -- Findings, or the reason of a rejection, as JSON.
    report text not null,
    primary key (import_id, number),
    check ((outcome = 'rejected') = (item_id is null))
);
create index import_row_by_item on import_row (import_id, item_id);

-- 帮助文档: what administrators write for those within their scope, in Markdown.
create table help_document (
    id bigint primary key,
    revision bigint not null,
    region text references region (code),
    body_id bigint references body (id),
    title text not null check (title <> '' and length(title) <= 100),
    text text not null,
    position bigint not null,
    saved_by bigint not null,
    saved_at text not null,
    check (region is null or body_id is null)
);

-- 投诉建议: what officers write to the platform, and what is answered. Whose it is is where
-- the writer works.
create table suggestion (
    id bigint primary key,
    region text references region (code),
    body_id bigint references body (id),
    written_by bigint not null references officer (id),
    written_at text not null,
    title text not null check (title <> '' and length(title) <= 100),
    text text not null check (text <> ''),
    answer text check (answer <> ''),
    answered_by bigint references officer (id),
    answered_at text,
    check (region is null or body_id is null),
    check ((answer is null) = (answered_by is null) and (answer is null) = (answered_at is null))
);
create index suggestion_by_writer on suggestion (written_by, id);

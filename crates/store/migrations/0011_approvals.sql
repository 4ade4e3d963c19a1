-- 审批文书 (domain::approval). The bytes of templates and documents lie in the store of files
-- under their hashes.

-- 模板: Word documents with fields, each of an item, as the sample of an outcome of it. A row is
-- not changed; a template is retired and another one brought.
create table approval_template (
    id bigint primary key,
    item_id bigint not null references item (id),
    title text not null check (title <> '' and length(title) <= 100),
    outcome text check (outcome <> ''),
    number_rule text not null check (number_rule <> ''),
    hash text not null check (length(hash) = 64),
    file_name text not null check (file_name <> '' and length(file_name) <= 200),
    size_bytes bigint not null check (size_bytes > 0),
    saved_by bigint not null,
    saved_at text not null,
    retired_by bigint,
    retired_at text,
    check ((retired_by is null) = (retired_at is null))
);
create index approval_template_by_item on approval_template (item_id, id);

-- 签发的文书: never deleted, so that its number is not given again; one that was issued in error
-- is voided with the reason. answers are what was typed, as JSON. request is made with the form,
-- so that a form sent twice issues once.
create table approval_document (
    id bigint primary key,
    template_id bigint not null references approval_template (id),
    body_id bigint not null references body (id),
    edition_id bigint not null references edition (id),
    title text not null check (title <> ''),
    number text not null check (number <> '' and length(number) <= 100),
    issued_on text not null check (length(issued_on) = 10),
    answers text not null,
    template_hash text not null check (length(template_hash) = 64),
    hash text not null check (length(hash) = 64),
    size_bytes bigint not null check (size_bytes > 0),
    request text not null check (length(request) between 16 and 64),
    issued_by bigint not null,
    issued_at text not null,
    void_reason text check (void_reason <> ''),
    voided_by bigint,
    voided_at text,
    check ((void_reason is null) = (voided_by is null)),
    check ((void_reason is null) = (voided_at is null))
);
create unique index approval_document_one_number on approval_document (body_id, number);
create unique index approval_document_one_request on approval_document (issued_by, request);
create index approval_document_by_template on approval_document (template_id, id);

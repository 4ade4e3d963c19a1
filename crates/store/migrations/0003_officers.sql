-- 办理人员: one account, one scope, several roles. Accounts are closed, never removed:
-- what was decided names them for ever.
create table officer (
    id bigint primary key,
    account text not null check (account <> ''),
    name text not null check (name <> ''),
    -- The scope: a region with all below it, or one body, or neither for everything.
    region text references region (code),
    body_id bigint references body (id),
    -- Roles as domain::people writes them, parted by spaces.
    roles text not null,
    password_hash text not null,
    must_change bigint not null check (must_change in (0, 1)),
    stamp bigint not null,
    -- Wrong passwords in a row, and when the last was given.
    failures bigint not null,
    failed_at text,
    closed bigint not null check (closed in (0, 1)),
    check (region is null or body_id is null)
);
create unique index officer_one_account on officer (account);

-- 账号变动: who made, changed, closed or opened an account, and when.
create table officer_log (
    id bigint primary key,
    officer_id bigint not null references officer (id),
    by_id bigint not null,
    action text not null check (action in ('added', 'changed', 'password_reset', 'password_changed', 'closed', 'opened', 'locked')),
    detail text not null,
    at text not null
);
create index officer_log_by_officer on officer_log (officer_id, id);

-- 登录: a row each browser that is signed in; the cookie's hash, never the cookie.
create table session (
    token_hash text primary key,
    officer_id bigint not null references officer (id),
    stamp bigint not null,
    created_at text not null,
    seen_at text not null
);
create index session_by_officer on session (officer_id);

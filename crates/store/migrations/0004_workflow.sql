-- What the workbench knows of an edition beside its state. An import leaves all of it empty.
-- The last save of the draft.
alter table edition add column saved_at text;
alter table edition add column saved_by bigint;
alter table edition add column submitted_at text;
-- Since when it waits where it is: at a desk, for its author, or to be published.
alter table edition add column waiting_since text;
-- The desk that returned it last.
alter table edition add column returned_from text;
-- Why it is made; the public reads it where an item is suspended or withdrawn.
alter table edition add column reason text;
-- How many findings it was submitted with.
alter table edition add column n_findings bigint;
-- The day on which an approved edition is published by itself.
alter table edition add column publish_on text;
create index edition_waiting on edition (state, desk, waiting_since, id) where waiting_since is not null;
create index edition_of_day on edition (publish_on, id) where publish_on is not null;

-- Who did it, to find what one has handled. It says again what the event says, outside the
-- hash; empty where it was done at the machine's own command line.
alter table event add column officer_id bigint;
create index event_by_officer on event (officer_id, seq) where officer_id is not null;

-- 任务: long work in steps. A chunk of steps is one unit of work together with the job's
-- progress, so that what was done is done and counted, whenever the program ends.
create table job (
    id bigint primary key,
    kind text not null check (kind <> ''),
    -- What is to be done with each, as JSON.
    what text not null,
    officer_id bigint not null,
    n_steps bigint not null,
    n_done bigint not null,
    n_refused bigint not null,
    started_at text not null,
    ended_at text,
    check (n_refused <= n_done and n_done <= n_steps),
    check (ended_at is null or n_done = n_steps)
);
create index job_unfinished on job (started_at, id) where ended_at is null;
create index job_by_officer on job (officer_id, started_at, id);

-- A step is done once the job has counted as far; refused if it says why.
create table job_step (
    job_id bigint not null references job (id),
    number bigint not null check (number >= 1),
    -- What it is done to, and the revision that was seen when it was ordered.
    target bigint not null,
    revision bigint not null,
    refusal text,
    primary key (job_id, number)
);
create index job_step_refused on job_step (job_id, number) where refusal is not null;

-- 上传的表格: who brought which file to be imported. To name the hash of a file is no proof that
-- one has it; who did not bring it is told that it is not there.
create table upload (
    officer_id bigint not null references officer (id),
    hash text not null check (length(hash) = 64),
    brought_at text not null,
    primary key (officer_id, hash)
);

-- The file that a job reads, under its hash; a backup carries it until the job has ended.
alter table job add column file_hash text check (length(file_hash) = 64);

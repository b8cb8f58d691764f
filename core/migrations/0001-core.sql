-- What is the same for every tenant: reference tables.
create table loa.setting (
  key text primary key,
  value jsonb not null,
  changed_at timestamptz not null
);

-- Law and habit are data: dated, cited rule packs. commune_id 0 is everybody's default.
create table loa.rule_pack (
  commune_id int not null,
  kind text not null,
  valid_from date not null,
  valid_to date,
  basis text not null,
  source text,
  body jsonb not null,
  primary key (commune_id, kind, valid_from)
);

-- The answer to a write, kept for its repetition.
create table loa.once (
  commune_id int not null,
  caller text not null,
  key text not null,
  body_digest bytea not null,
  answer text,
  at timestamptz not null,
  primary key (commune_id, caller, key)
);
create index once_by_age on loa.once (commune_id, at);

-- Every word said leaves a trace. Written without a number in the writer's transaction; one sealer a tenant numbers and chains.
create table loa.trail (
  commune_id int not null,
  id uuid not null,
  at timestamptz not null,
  what text not null,
  account_id uuid,
  post_id uuid,
  about_kind text,
  about_id uuid,
  data jsonb not null,
  no int,
  hash bytea,
  primary key (commune_id, id)
);
create unique index trail_chain on loa.trail (commune_id, no);
create index trail_about on loa.trail (commune_id, about_id, id);
create index trail_unsealed on loa.trail (commune_id, id) where no is null;

-- Files live in the database, in parts, by tenant and hash.
create table loa.file (
  commune_id int not null,
  hash bytea not null,
  size int not null,
  media text not null,
  name text not null,
  added_at timestamptz not null,
  primary key (commune_id, hash)
);
create table loa.file_part (
  commune_id int not null,
  hash bytea not null,
  part int not null,
  bytes bytea not null,
  primary key (commune_id, hash, part),
  foreign key (commune_id, hash) references loa.file on delete cascade
);

-- Small numbers within a tenant: homes and publications are named by them in short links.
create table loa.counter (
  commune_id int not null,
  name text not null,
  value int not null,
  primary key (commune_id, name)
);

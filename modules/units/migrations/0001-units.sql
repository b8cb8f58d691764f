-- Tenants: the shipped table of communes and provinces, the same numbers on every installation; other owners from 100000 up.
create table loa.commune (
  commune_id int primary key,
  kind text not null check (kind in ('commune', 'province', 'owner')),
  unit_id uuid,
  name text not null,
  opened_on date not null,
  closed_on date,
  is_used boolean not null default false
);

-- A unit is what stays when its name, code or parent changes. Villages (the word is data) and the optional level below are units of a commune.
create table loa.unit (
  id uuid primary key,
  level text not null check (level in ('country', 'province', 'commune', 'village', 'hamlet')),
  commune_id int not null,
  no int not null
);
create index unit_of_commune on loa.unit (commune_id, level, no);

-- path: the numbers of its ancestors and its own, each closed by a slash ('24/1507/3/'): a subtree is a range in COLLATE "C".
create table loa.unit_version (
  unit_id uuid not null references loa.unit,
  valid_from date not null,
  valid_to date,
  code text,
  name text not null,
  folded text not null,
  kind text not null,
  parent_id uuid references loa.unit,
  path text collate "C" not null,
  -- the old level between commune and province, until 30-6-2025: part of the address people still say
  district text not null default '',
  primary key (unit_id, valid_from)
);
create index unit_version_code on loa.unit_version (code, valid_from);
create index unit_version_name on loa.unit_version (folded collate "C");
create index unit_version_parent on loa.unit_version (parent_id, valid_from);
create index unit_version_path on loa.unit_version (path);

-- Old and spoken names that are searched but decide nothing.
create table loa.unit_alias (
  unit_id uuid not null references loa.unit,
  folded text not null,
  name text not null,
  source text not null,
  primary key (unit_id, name)
);
create index unit_alias_name on loa.unit_alias (folded collate "C");

create table loa.unit_change (
  id uuid primary key,
  kind text not null check (kind in ('merge_whole', 'merge_part', 'split', 'rename', 'retype', 'create', 'close')),
  from_unit uuid references loa.unit,
  to_unit uuid references loa.unit,
  on_date date not null,
  share numeric,
  source text not null
);
create index unit_change_from on loa.unit_change (from_unit);
create index unit_change_to on loa.unit_change (to_unit);

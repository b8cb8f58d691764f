-- Associations, party cells, credit groups: a second order that crosses the villages.
create table loa.group_of_people (
  commune_id int not null,
  id uuid not null,
  kind text not null,
  name text not null,
  folded text not null,
  parent_id uuid,
  -- the unit it belongs to: the commune, or the village of a branch; null for an owner outside
  unit_id uuid references loa.unit,
  -- the organisation it belongs to when that is not the commune's: a bank, a provincial association
  owner_name text,
  -- a Party cell: who belongs is known to its secretary and the person alone
  is_confidential boolean not null default false,
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (commune_id, id)
);
create index group_parent on loa.group_of_people (commune_id, parent_id);

create table loa.group_member (
  commune_id int not null,
  group_id uuid not null,
  person_id uuid not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  part text not null default '',
  primary key (commune_id, group_id, person_id, valid_from),
  foreign key (commune_id, group_id) references loa.group_of_people,
  foreign key (commune_id, person_id) references loa.person
);
create index group_member_now on loa.group_member (commune_id, group_id) where valid_to is null;
create index group_of_person on loa.group_member (commune_id, person_id);

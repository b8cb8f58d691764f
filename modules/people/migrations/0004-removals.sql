-- A home that left for another commune of this installation: where it went, and what that commune answered.
create table loa.departure (
  commune_id int not null,
  id uuid not null,
  household_id uuid not null,
  to_commune int not null,
  to_unit uuid not null references loa.unit,
  state text not null check (state in ('waiting', 'received', 'declined', 'lapsed', 'withdrawn')),
  words text not null default '',
  at timestamptz not null,
  answered_at timestamptz,
  -- the home there, by its id in that commune
  to_household uuid,
  primary key (commune_id, id),
  foreign key (commune_id, household_id) references loa.household
);
create index departure_of_household on loa.departure (commune_id, household_id, id);

-- The same as the commune sees it that the home goes to; the id is the departure's. sealed: what the home brings along, opened only when
-- the commune accepts it, and gone with the answer, as is the name.
create table loa.arrival (
  commune_id int not null,
  id uuid not null,
  from_commune int not null,
  from_household uuid not null,
  unit_id uuid not null references loa.unit,
  head_name text not null,
  persons int not null,
  sealed text,
  state text not null check (state in ('waiting', 'received', 'declined', 'lapsed', 'withdrawn')),
  at timestamptz not null,
  answered_at timestamptz,
  by_account uuid,
  by_post uuid,
  -- the home here
  household_id uuid,
  -- contacts that its people allowed to the other commune only: to be asked for anew
  to_ask int not null default 0,
  primary key (commune_id, id)
);
create index arrival_waiting on loa.arrival (commune_id, unit_id, at) where state = 'waiting';
create index arrival_of_household on loa.arrival (commune_id, household_id) where household_id is not null;

-- What a provider calls the parts of a message: by these names it says later what became of each.
create table loa.handed_part (
  commune_id int not null,
  published_id uuid not null,
  account_id uuid not null,
  provider_id text not null,
  -- one message to one address: the home has it when every part is there
  key text not null,
  -- whose delivery carries it; others may ride on it
  household_id uuid not null,
  channel text not null,
  step smallint not null,
  state text check (state in ('delivered', 'failed')),
  why text,
  at timestamptz,
  primary key (commune_id, account_id, provider_id, published_id)
) partition by range (published_id);
create table loa.handed_part_default partition of loa.handed_part default;
create index handed_part_of_message on loa.handed_part (commune_id, published_id, household_id, channel, step);

-- Told before the batch that sent it was written down, or of nothing of ours: looked at again for an hour.
create table loa.part_heard (
  commune_id int not null,
  account_id uuid not null,
  provider_id text not null,
  state text not null,
  why text,
  at timestamptz not null,
  heard_at timestamptz not null,
  primary key (commune_id, account_id, provider_id, state)
);
create index part_heard_by_age on loa.part_heard (heard_at);

-- What a message cost, counted as it goes.
create table loa.publication_spent (
  commune_id int not null,
  published_id uuid not null,
  channel text not null,
  messages int not null default 0,
  parts int not null default 0,
  dong bigint not null default 0,
  primary key (commune_id, published_id, channel)
);

-- A second person said yes before it went: an emergency of this kind is not held up by a budget.
alter table loa.publication add column is_approved boolean not null default false;

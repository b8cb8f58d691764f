-- What a commune lets its channels cost in a month of Vietnam; no row, or null: as much as it takes.
create table loa.channel_budget (
  commune_id int primary key,
  dong bigint,
  version int not null default 1,
  changed_at timestamptz not null
);

-- What they have cost, with what is put aside for messages in hand: counted as it goes, never summed up.
create table loa.channel_spent (
  commune_id int not null,
  month date not null,
  messages int not null default 0,
  parts int not null default 0,
  dong bigint not null default 0,
  primary key (commune_id, month)
);

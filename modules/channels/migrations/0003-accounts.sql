-- An account at a provider. Settings are plain, secrets sealed. What an account may do at a time is counted here, not looked up.
create table loa.channel_account (
  commune_id int not null,
  id uuid not null,
  kind text not null,
  adapter text not null,
  name text not null,
  settings jsonb not null,
  sealed text,
  -- the first one that can sends; the others take over
  rank smallint not null,
  is_on boolean not null default true,
  version int not null default 1,
  changed_at timestamptz not null,
  removed_at timestamptz,
  tested_at timestamptz,
  -- token bucket
  tokens double precision not null default 0,
  filled_at timestamptz,
  -- the provider asked for a pause, or refused so often that we stop asking: until then nothing goes out
  paused_until timestamptz,
  failures int not null default 0,
  trouble text,
  trouble_since timestamptz,
  primary key (commune_id, id)
);
create index channel_account_of_kind on loa.channel_account (commune_id, kind, rank) where removed_at is null;

-- What an account was asked for on a day of Vietnam.
create table loa.channel_use (
  commune_id int not null,
  account_id uuid not null,
  day date not null,
  messages int not null default 0,
  accepted int not null default 0,
  refused int not null default 0,
  parts int not null default 0,
  dong bigint not null default 0,
  primary key (commune_id, account_id, day)
);

-- When somebody last spoke to an account: some providers let us write for a while after that, and no longer.
create table loa.heard_last (
  commune_id int not null,
  account_id uuid not null,
  -- the digest of who spoke
  address text not null,
  at timestamptz not null,
  primary key (commune_id, account_id, address)
);
create index heard_last_at on loa.heard_last (at);

-- Our messages to somebody, for providers that tell "all until then".
create table loa.sent_to (
  commune_id int not null,
  account_id uuid not null,
  address text not null,
  provider_id text not null,
  -- on the provider's clock
  at timestamptz not null,
  state text check (state in ('delivered', 'seen')),
  primary key (commune_id, account_id, address, provider_id)
);
create index sent_to_at on loa.sent_to (at);

-- The trouble of which the officers were told.
alter table loa.channel_account add column told_of timestamptz;

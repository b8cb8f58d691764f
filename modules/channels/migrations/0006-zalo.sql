-- What Zalo granted the commune's app for its Official Account. Tokens are sealed; a refresh token works once, so that one process at a
-- time may use it: the one that holds the lease.
create table loa.zalo_grant (
  commune_id int not null,
  account_id uuid not null,
  -- the other half of the challenge that stands in Zalo's console
  verifier text not null,
  sealed text,
  -- counts pairs of tokens: whoever waited sees that a new one is there
  turn int not null default 0,
  granted_at timestamptz,
  lost_at timestamptz,
  leased_until timestamptz,
  -- how Zalo signs its calls to us, of what its documents say in more ways than one: the first that was right
  hook_variant text,
  primary key (commune_id, account_id)
);

-- When a follower last did something at the account: for two days a message is free, for seven it may be sent. An address is a digest.
create table loa.zalo_follower (
  commune_id int not null,
  account_id uuid not null,
  address text not null,
  last_at timestamptz,
  asked_at timestamptz,
  primary key (commune_id, account_id, address)
);

-- What may be sent unasked in a day, counted as it goes.
create table loa.zalo_quota (
  commune_id int not null,
  account_id uuid not null,
  product text not null,
  day date not null,
  used int not null default 0,
  most int,
  remaining int,
  primary key (commune_id, account_id, product)
);

-- What Zalo told of the account and its templates, the newest of each.
create table loa.zalo_news (
  commune_id int not null,
  account_id uuid not null,
  about text not null,
  said text not null,
  at timestamptz not null,
  primary key (commune_id, account_id, about)
);

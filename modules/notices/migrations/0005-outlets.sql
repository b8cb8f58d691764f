-- A chat group, or a page, in which an account of the commune posts by itself: an outlet of that account.
alter table loa.chat
  add column account_id uuid,
  add column outlet text,
  -- what was said before is not posted
  add column tied_at timestamptz;
create unique index chat_of_outlet on loa.chat (commune_id, account_id, outlet) where account_id is not null and closed_at is null;

-- Where it stands at the provider, so that it can be changed and taken away.
alter table loa.posting
  add column account_id uuid,
  add column outlet text,
  add column provider_id text,
  add column url text;
create index posting_at_provider on loa.posting (commune_id, account_id, provider_id) where provider_id is not null;

-- What an account is to do with a publication in an outlet. The row is written before the provider is called.
create table loa.outlet_act (
  commune_id int not null,
  published_id uuid not null,
  chat_id uuid not null,
  act text not null check (act in ('post', 'change', 'remove')),
  -- unsure: it was called and nobody knows what came of it, a person has to look
  state text not null check (state in ('begun', 'waiting', 'done', 'refused', 'unsure')),
  version int not null,
  account_id uuid not null,
  why text,
  tries smallint not null,
  due_at timestamptz,
  -- on the machine's clock: whoever began it is dead after that
  lease_until timestamptz,
  at timestamptz not null,
  primary key (commune_id, published_id, chat_id, act),
  foreign key (commune_id, chat_id) references loa.chat
);
create index outlet_act_open on loa.outlet_act (due_at) where state in ('begun', 'waiting');

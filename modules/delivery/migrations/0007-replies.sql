-- Which message an answer from a number is about: the newest that went there. An address is a digest, never the number.
create table loa.talk (
  commune_id int not null,
  account_id uuid not null,
  address text not null,
  published_id uuid not null,
  household_id uuid not null,
  -- other homes name it too: an answer from there speaks for none of them
  is_shared boolean not null,
  at timestamptz not null,
  primary key (commune_id, account_id, address)
);
create index talk_by_age on loa.talk (at);

-- What people said, by the provider's own id: said once, however often it is told. The words are kept as a home's question, not here.
create table loa.reply_heard (
  commune_id int not null,
  account_id uuid not null,
  id text not null,
  address text not null,
  at timestamptz not null,
  -- an answer is begun once, whatever becomes of it
  answered_at timestamptz,
  primary key (commune_id, account_id, id)
);
create index reply_of_address on loa.reply_heard (commune_id, account_id, address, at);
create index reply_by_age on loa.reply_heard (at);

-- Chat groups that people really have, at Zalo, Facebook or elsewhere: no programme can post there, a person does.
create table loa.chat (
  commune_id int not null,
  id uuid not null,
  -- a small number within the commune, as short links name it
  no int not null,
  unit_id uuid not null references loa.unit,
  -- the association whose members are in it; null: the unit's own
  group_id uuid,
  platform text not null check (platform in ('zalo', 'facebook', 'other')),
  name text not null,
  folded text not null,
  -- about how many people are in it, as somebody counted
  members int,
  link text,
  -- the office that keeps it; never a person's name
  post_id uuid references loa.post,
  added_at timestamptz not null,
  closed_at timestamptz,
  -- the village it was named under before a merger or split took it along
  moved_with uuid,
  unit_before uuid references loa.unit,
  primary key (commune_id, id),
  unique (commune_id, no),
  foreign key (commune_id, group_id) references loa.group_of_people
);
create index chat_of_unit on loa.chat (commune_id, unit_id);

-- Somebody posted a publication in a chat group and says so.
create table loa.posting (
  commune_id int not null,
  published_id uuid not null,
  chat_id uuid not null,
  -- its receipts are found again by it
  id uuid not null,
  notice_id uuid not null,
  version int not null,
  posted_at timestamptz not null,
  by_account uuid,
  by_post uuid references loa.post,
  -- a screenshot of the post
  proof_hash bytea,
  proof_media text,
  down_at timestamptz,
  down_post uuid references loa.post,
  primary key (commune_id, published_id, chat_id),
  foreign key (commune_id, chat_id) references loa.chat,
  foreign key (commune_id, notice_id) references loa.notice
);
create index posting_of_notice on loa.posting (commune_id, notice_id);

-- How often the group's own link was opened: a number, never by whom.
create table loa.chat_opens (
  commune_id int not null,
  published_id uuid not null,
  chat_id uuid not null,
  opens int not null,
  primary key (commune_id, published_id, chat_id),
  foreign key (commune_id, chat_id) references loa.chat
);

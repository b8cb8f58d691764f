-- A home: the unit of reach. unit_id is the village of its present stay, kept beside household_stay for the hot path.
create table loa.household (
  commune_id int not null,
  id uuid not null,
  no int not null,
  unit_id uuid not null references loa.unit,
  sheet_no text,
  head_name text not null,
  head_folded text not null,
  head_given text not null,
  alley text not null default '',
  landmark text not null default '',
  way text not null default '',
  lat double precision,
  lng double precision,
  languages text[] not null default '{vi}',
  listener text,
  needs text[] not null default '{}',
  -- what it has: app (a phone that shows the app), voice (calls and SMS only), none
  phone_kind text not null default 'none' check (phone_kind in ('app', 'voice', 'none')),
  say text not null default '',
  version int not null default 1,
  opened_at timestamptz not null,
  closed_at timestamptz,
  closed_reason text,
  moved_to text,
  merged_into uuid,
  -- the import that made it
  import_id uuid,
  primary key (commune_id, id)
);
create unique index household_no on loa.household (commune_id, no);
create index household_of_unit on loa.household (commune_id, unit_id, head_given, head_name) where closed_at is null;
create index household_by_name on loa.household (commune_id, head_folded collate "C");

-- Dated stays: a home counts in the village of its stay at publication.
create table loa.household_stay (
  commune_id int not null,
  household_id uuid not null,
  unit_id uuid not null references loa.unit,
  valid_from timestamptz not null,
  valid_to timestamptz,
  primary key (commune_id, household_id, valid_from),
  foreign key (commune_id, household_id) references loa.household
);
create index stay_of_unit on loa.household_stay (commune_id, unit_id, valid_from, household_id) include (valid_to);

create table loa.person (
  commune_id int not null,
  id uuid not null,
  household_id uuid not null,
  name text not null,
  folded text not null,
  given text not null,
  relation text not null default '',
  is_head boolean not null default false,
  sex text check (sex in ('m', 'f')),
  birth_year int,
  birth_day date,
  id_number_sealed text,
  -- the named reader of an elder: evidence on this person's contacts counts for the elder's home
  reads_for uuid,
  absent_until date,
  died_on date,
  left_at timestamptz,
  version int not null default 1,
  primary key (commune_id, id),
  foreign key (commune_id, household_id) references loa.household
);
create index person_of_household on loa.person (commune_id, household_id);
create index person_by_name on loa.person (commune_id, folded collate "C");

-- value: what the channel dials (a phone as +84…). digest finds shared numbers without reading it aloud.
create table loa.contact (
  commune_id int not null,
  id uuid not null,
  household_id uuid not null,
  person_id uuid,
  kind text not null check (kind in ('phone', 'email', 'zalo', 'facebook')),
  value text not null,
  digest bytea not null,
  is_demo boolean not null default false,
  added_at timestamptz not null,
  ended_at timestamptz,
  primary key (commune_id, id),
  foreign key (commune_id, household_id) references loa.household
);
create index contact_of_household on loa.contact (commune_id, household_id) where ended_at is null;
create index contact_by_digest on loa.contact (commune_id, digest) where ended_at is null;

-- The ledger: on what basis a contact is used for what. Nothing is overwritten.
create table loa.consent (
  commune_id int not null,
  id uuid not null,
  household_id uuid not null,
  person_id uuid,
  contact_id uuid,
  purpose text not null,
  basis text not null,
  said text not null check (said in ('yes', 'no', 'stop')),
  how text not null,
  wording text not null,
  by_account uuid,
  at timestamptz not null,
  primary key (commune_id, id),
  foreign key (commune_id, household_id) references loa.household
);
create index consent_of_household on loa.consent (commune_id, household_id, at);

-- Who looked at a home: shown to that home.
create table loa.look (
  commune_id int not null,
  id uuid not null,
  household_id uuid not null,
  account_id uuid,
  post_id uuid,
  -- who it was by office: what the home is told, without the officer's name
  role text,
  unit_id uuid references loa.unit,
  what text not null,
  at timestamptz not null,
  primary key (commune_id, id)
);
create index look_of_household on loa.look (commune_id, household_id, id);

-- What happened to a home: moves, splits, merges, deaths, new heads. Enough is kept to undo.
create table loa.household_event (
  commune_id int not null,
  id uuid not null,
  household_id uuid not null,
  kind text not null,
  data jsonb not null,
  by_account uuid,
  by_post uuid,
  at timestamptz not null,
  undone_at timestamptz,
  primary key (commune_id, id)
);
create index event_of_household on loa.household_event (commune_id, household_id, id);

-- A request of the person concerned (correct, copy, erase, stop), with the law's clock.
create table loa.data_request (
  commune_id int not null,
  id uuid not null,
  household_id uuid not null,
  kind text not null check (kind in ('correct', 'copy', 'erase', 'stop')),
  words text not null,
  at timestamptz not null,
  answer_by timestamptz not null,
  answered_at timestamptz,
  answer text,
  done_by uuid,
  primary key (commune_id, id)
);
create index data_request_open on loa.data_request (commune_id, answer_by) where answered_at is null;

create table loa.import_run (
  commune_id int not null,
  id uuid not null,
  file_name text not null,
  state text not null check (state in ('reading', 'dry', 'running', 'done', 'undone', 'failed')),
  total int not null default 0,
  passed int not null default 0,
  options jsonb not null,
  summary jsonb not null,
  undo jsonb,
  -- the file itself, only until it is written or two days old
  bytes bytea,
  by_account uuid,
  by_post uuid,
  at timestamptz not null,
  primary key (commune_id, id)
);

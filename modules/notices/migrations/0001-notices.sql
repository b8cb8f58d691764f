create table loa.notice (
  commune_id int not null,
  id uuid not null,
  state text not null check (state in ('draft', 'waiting_approval', 'rejected', 'scheduled', 'published', 'withdrawn')),
  version int not null default 1,
  title text not null,
  title_folded text not null,
  body text not null,
  plain text not null default '',
  class text not null check (class in ('normal', 'priority', 'emergency')),
  topic text not null,
  ask text not null,
  paper jsonb,
  event jsonb,
  steps jsonb not null default '[]',
  -- a day or a moment, as it was typed
  valid_until_said text,
  audience jsonb not null,
  is_internal boolean not null default false,
  is_private boolean not null default false,
  relay text not null default 'none' check (relay in ('none', 'village')),
  relay_by timestamptz,
  author_account uuid,
  author_post uuid,
  unit_id uuid references loa.unit,
  -- where its author stands, and what its audience covers: whoever reads lists of notices asks by these
  unit_path text collate "C" not null,
  group_id uuid,
  audience_paths text[] not null,
  card_id uuid,
  published_id uuid,
  round int not null default 0,
  origin_id text,
  publish_at timestamptz,
  publish_tries int not null default 0,
  published_at timestamptz,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  made_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (commune_id, id)
);
create index notice_of_paper on loa.notice (commune_id, card_id) where published_at is not null;
create index notice_due on loa.notice (commune_id, publish_at) where state = 'scheduled';

-- Every version that people could read, with what changed.
create table loa.notice_version (
  commune_id int not null,
  notice_id uuid not null,
  version int not null,
  published_id uuid,
  content jsonb not null,
  by_account uuid,
  by_post uuid,
  at timestamptz not null,
  told_again boolean not null default false,
  primary key (commune_id, notice_id, version),
  foreign key (commune_id, notice_id) references loa.notice
);

create table loa.notice_file (
  commune_id int not null,
  id uuid not null,
  notice_id uuid not null,
  hash bytea not null,
  name text not null,
  media text not null,
  size int not null,
  pages int,
  at timestamptz not null,
  primary key (commune_id, id),
  foreign key (commune_id, notice_id) references loa.notice
);
create index file_of_notice on loa.notice_file (commune_id, notice_id);

-- A wide emergency waits for a second person.
create table loa.approval (
  commune_id int not null,
  id uuid not null,
  notice_id uuid not null,
  version int not null,
  asked_at timestamptz not null,
  asked_by uuid,
  answered_at timestamptz,
  answer text check (answer in ('approved', 'rejected', 'alone')),
  answered_by uuid,
  answered_post uuid,
  reason text,
  -- a correction of a published emergency that waits; null: the notice itself
  correction jsonb,
  primary key (commune_id, id),
  foreign key (commune_id, notice_id) references loa.notice
);
create index approval_of_notice on loa.approval (commune_id, notice_id);
create index approval_open on loa.approval (commune_id, asked_at) where answered_at is null;

-- A task with a clock: the village head passes the paper on, or it passes itself.
create table loa.relay (
  commune_id int not null,
  published_id uuid not null,
  unit_id uuid not null references loa.unit,
  notice_id uuid not null,
  households int not null,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  passed_at timestamptz,
  how text check (how in ('head', 'time', 'nobody', 'none', 'correction', 'withdrawn')),
  by_account uuid,
  by_post uuid,
  words text,
  -- the notice was corrected after the head had added these words: to be looked at
  check_words boolean not null default false,
  primary key (commune_id, published_id, unit_id)
);
create index relay_of_unit on loa.relay (commune_id, unit_id, published_id);
create index relay_of_notice on loa.relay (commune_id, notice_id);
create index relay_due on loa.relay (commune_id, due_at) where passed_at is null;

create table loa.question (
  commune_id int not null,
  id uuid not null,
  notice_id uuid not null,
  household_id uuid,
  unit_id uuid references loa.unit,
  words text not null,
  at timestamptz not null,
  answered_at timestamptz,
  answer text,
  answered_by uuid,
  answered_post uuid,
  primary key (commune_id, id),
  foreign key (commune_id, notice_id) references loa.notice
);
create index question_of_notice on loa.question (commune_id, notice_id, id);
create index question_open on loa.question (commune_id, at) where answered_at is null;

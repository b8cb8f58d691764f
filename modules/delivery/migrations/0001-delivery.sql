-- A publication is one round of a message; published_id (UUIDv7, minted at publication) is its key and its month.
-- It keeps the words it sends, so that a home's feed is one query.
create table loa.publication (
  commune_id int not null,
  published_id uuid not null,
  no int not null,
  subject text not null,
  subject_id uuid not null,
  card_id uuid not null,
  kind text not null check (kind in ('home', 'post')),
  audience_kind text not null check (audience_kind in ('units', 'homes', 'posts')),
  round int not null,
  version int not null,
  class text not null check (class in ('normal', 'priority', 'emergency')),
  -- the level asked, 0 … 6 (none sent exposed delivered seen acknowledged acted)
  ask smallint not null,
  is_private boolean not null,
  is_internal boolean not null,
  -- null until the homes of an audience with attributes are written; whom it names is kept for that
  households int,
  audience jsonb not null,
  ladder jsonb not null,
  content jsonb not null,
  author_post uuid,
  author_title text not null,
  published_at timestamptz not null,
  ends_at timestamptz,
  last_useful_at timestamptz,
  origin_id text,
  -- the round before this one, whose homes it took over
  previous_id uuid,
  replaced_by uuid,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  primary key (commune_id, published_id)
);
create unique index publication_no on loa.publication (commune_id, no);
create unique index publication_round on loa.publication (commune_id, subject_id, round);
create index publication_of_card on loa.publication (commune_id, card_id, published_id);
create index publication_uncounted on loa.publication (published_at) where households is null;
create index publication_open on loa.publication (commune_id, published_id) where withdrawn_at is null and replaced_by is null;

-- Fan-out on read: one row a target (unit, group, or a single home), not one a household. shown_id orders the feed.
create table loa.audience (
  commune_id int not null,
  target_id uuid not null,
  shown_id uuid not null,
  published_id uuid not null,
  card_id uuid not null,
  is_private boolean not null,
  local_words jsonb,
  primary key (commune_id, target_id, shown_id)
);
create index audience_of_publication on loa.audience (commune_id, published_id);
create index audience_private on loa.audience (commune_id, target_id, shown_id) where is_private;
create index audience_of_card on loa.audience (commune_id, card_id, target_id, shown_id);

-- Counts what homes are shown: a process that keeps lists in memory learns here that they are old.
create table loa.feed_version (
  commune_id int primary key,
  version int not null
);

-- Groups and attributes: one row a home, as of the publication.
create table loa.audience_home (
  commune_id int not null,
  published_id uuid not null,
  household_id uuid not null,
  unit_id uuid not null,
  primary key (commune_id, published_id, household_id)
);
create index audience_home_unit on loa.audience_home (commune_id, published_id, unit_id);

-- The roll-up that every figure is read from: homes of a village, each at its highest level. Levels add up to households.
create table loa.reach_unit (
  commune_id int not null,
  published_id uuid not null,
  unit_id uuid not null,
  households int not null,
  visible_at timestamptz,
  none int not null,
  sent int not null default 0,
  exposed int not null default 0,
  delivered int not null default 0,
  seen int not null default 0,
  acknowledged int not null default 0,
  acted int not null default 0,
  -- part of acknowledged
  told int not null default 0,
  reached int not null default 0,
  -- closed by a person and not reached; still counted in their level
  told_by_neighbour int not null default 0,
  moved int not null default 0,
  refused int not null default 0,
  primary key (commune_id, published_id, unit_id)
) with (fillfactor = 50);

-- One row a home × publication once anything is known of it; the level only rises (a correction computes it anew).
create table loa.reach_home (
  commune_id int not null,
  published_id uuid not null,
  household_id uuid not null,
  -- the village in which it is counted; null: a home that came later, whose evidence never changes the figures
  unit_id uuid,
  level smallint not null,
  is_reached boolean not null,
  is_told boolean not null default false,
  closed text check (closed in ('told_by_neighbour', 'moved', 'refused')),
  -- whose evidence first reached the level asked, and when
  channel text,
  level_at timestamptz not null,
  reached_at timestamptz,
  -- What the last write found here. Counts are moved from it, in the same statement: PostgreSQL 15 cannot return the old row,
  -- and one read before would miss a row that another process inserts meanwhile.
  was_level smallint not null default 0,
  was_told boolean not null default false,
  was_closed text,
  was_channel text,
  was_reached_at timestamptz,
  primary key (commune_id, published_id, household_id)
) with (fillfactor = 80);
create index reach_home_of_home on loa.reach_home (commune_id, household_id, published_id);

create table loa.reach_minute (
  commune_id int not null,
  published_id uuid not null,
  minute int not null,
  reached int not null,
  primary key (commune_id, published_id, minute)
);
create table loa.reach_channel (
  commune_id int not null,
  published_id uuid not null,
  channel text not null,
  reached int not null,
  primary key (commune_id, published_id, channel)
);

-- Person-level evidence: at most 90 days, then only reach_home stays. Partitioned by month of published_id.
-- household_id is the post where an internal message counts posts; so in reach_home and audience_home.
create table loa.receipt (
  commune_id int not null,
  published_id uuid not null,
  id uuid not null,
  household_id uuid not null,
  level smallint not null,
  channel text not null,
  version int not null,
  at timestamptz not null,
  received_at timestamptz not null,
  primary key (commune_id, published_id, id)
) partition by range (published_id);
create table loa.receipt_default partition of loa.receipt default;

-- Rows only for what is pushed. Key: message × home × channel × step.
create table loa.delivery (
  commune_id int not null,
  published_id uuid not null,
  household_id uuid not null,
  channel text not null,
  step smallint not null,
  unit_id uuid not null,
  state text not null check (state in
    ('planned', 'intent', 'handed_over', 'uncertain', 'failed', 'no_address', 'opted_out', 'expired', 'stopped')),
  is_emergency boolean not null,
  due_at timestamptz not null,
  leased_until timestamptz,
  tries smallint not null default 0,
  reason text,
  changed_at timestamptz not null,
  primary key (commune_id, published_id, household_id, channel, step)
) partition by range (published_id);
create table loa.delivery_default partition of loa.delivery default;
create index delivery_due on loa.delivery (commune_id, channel, is_emergency, due_at) where state = 'planned';
create index delivery_in_hand on loa.delivery (commune_id, channel, is_emergency, leased_until) where state = 'intent';

-- When a commune's channel has something to hand over next: what a worker looks at instead of the deliveries themselves.
create table loa.delivery_lane (
  commune_id int not null,
  channel text not null,
  is_emergency boolean not null,
  due_at timestamptz not null,
  primary key (commune_id, channel, is_emergency)
);
create index delivery_lane_due on loa.delivery_lane (is_emergency, due_at);

-- The ladder of one publication in one village: what is due when.
create table loa.ladder_step (
  commune_id int not null,
  published_id uuid not null,
  unit_id uuid not null,
  step smallint not null,
  channel text not null,
  is_emergency boolean not null,
  due_at timestamptz not null,
  -- a running step whose worker died is taken again after this
  leased_until timestamptz,
  done_at timestamptz,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'stopped')),
  primary key (commune_id, published_id, unit_id, step)
);
create index ladder_due on loa.ladder_step (is_emergency, due_at) where state in ('waiting', 'running');

-- Visits at doors: append-only, ids made by phones. A wrong one is corrected by another that names it.
create table loa.visit (
  commune_id int not null,
  id uuid not null,
  published_id uuid not null,
  household_id uuid not null,
  outcome text not null check (outcome in ('told', 'told_by_neighbour', 'nobody_home', 'moved', 'refused')),
  to_whom text,
  note text,
  at timestamptz not null,
  corrected_at timestamptz not null,
  received_at timestamptz not null,
  account_id uuid,
  post_id uuid,
  typed_by uuid,
  version int not null,
  corrects uuid,
  primary key (commune_id, id)
);
create index visit_of_door on loa.visit (commune_id, published_id, household_id, id);

-- Which helper walks to which door. A phone holds only the homes assigned to it.
create table loa.door (
  commune_id int not null,
  published_id uuid not null,
  household_id uuid not null,
  account_id uuid not null,
  -- to whom it was given before: what they did there while they had it is taken even when it comes late
  earlier uuid[] not null default '{}',
  assigned_by uuid,
  assigned_at timestamptz not null,
  primary key (commune_id, published_id, household_id)
);
create index door_of_account on loa.door (commune_id, account_id, published_id);

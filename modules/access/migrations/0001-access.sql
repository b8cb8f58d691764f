-- Staff. Reference tables: an account may hold posts in several tenants.
create table loa.account (
  id uuid primary key,
  login text,
  name text not null,
  password_hash text,
  language text not null default 'vi',
  made_at timestamptz not null,
  closed_at timestamptz
);
create unique index account_login on loa.account (lower(login));

-- An office held; permission = its role × its unit's subtree. commune_id is the tenant it stands in.
create table loa.post (
  id uuid primary key,
  commune_id int not null,
  role text not null,
  unit_id uuid references loa.unit,
  group_id uuid,
  title text not null,
  made_at timestamptz not null,
  closed_at timestamptz
);
create index post_of_unit on loa.post (unit_id, role);
create index post_of_commune on loa.post (commune_id, role);

create table loa.post_term (
  post_id uuid not null references loa.post,
  account_id uuid not null references loa.account,
  part text not null check (part in ('holder', 'deputy', 'stand_in')),
  valid_from timestamptz not null,
  valid_to timestamptz,
  primary key (post_id, account_id, valid_from)
);
create index term_of_account on loa.post_term (account_id, valid_from);

-- Sessions and API tokens. The cookie or bearer begins with the tenant; only its digest is kept.
create table loa.session (
  commune_id int not null,
  id uuid not null,
  kind text not null check (kind in ('staff', 'resident', 'token')),
  digest bytea not null,
  account_id uuid,
  post_id uuid,
  household_id uuid,
  person_id uuid,
  card_id uuid,
  name text not null default '',
  -- of a home's phone; staff keep theirs with the account
  language text,
  made_at timestamptz not null,
  seen_at timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  primary key (commune_id, id)
);
create unique index session_digest on loa.session (commune_id, digest);
create index session_of_household on loa.session (commune_id, household_id) where ended_at is null;
create index session_of_account on loa.session (commune_id, account_id) where ended_at is null;

-- Single-use invitations and sign-in links.
create table loa.invitation (
  commune_id int not null,
  id uuid not null,
  kind text not null check (kind in ('account', 'link', 'setup', 'home')),
  digest bytea not null,
  account_id uuid,
  post_id uuid,
  household_id uuid,
  by_account uuid,
  made_at timestamptz not null,
  ends_at timestamptz not null,
  used_at timestamptz,
  primary key (commune_id, id)
);
create unique index invitation_digest on loa.invitation (commune_id, digest);

-- The household's card: a QR of 128 bits; the 8 digits only name a home on the sign-in page.
create table loa.card (
  commune_id int not null,
  id uuid not null,
  household_id uuid not null,
  digest bytea not null,
  digits text not null,
  made_at timestamptz not null,
  made_by uuid,
  revoked_at timestamptz,
  primary key (commune_id, id)
);
create unique index card_digest on loa.card (commune_id, digest);
create unique index card_digits on loa.card (commune_id, digits);
create index card_of_household on loa.card (commune_id, household_id);

-- A phone that typed the digits waits for the head's yes.
create table loa.join_request (
  commune_id int not null,
  id uuid not null,
  household_id uuid not null,
  digest bytea not null,
  device text not null,
  at timestamptz not null,
  answered_at timestamptz,
  answer text check (answer in ('yes', 'no')),
  answered_by uuid,
  used_at timestamptz,
  primary key (commune_id, id)
);
create unique index join_request_digest on loa.join_request (commune_id, digest);
create index join_request_open on loa.join_request (commune_id, household_id) where answered_at is null;

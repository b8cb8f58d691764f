-- Somebody acts for a home, with its spoken consent, for a limited time.
alter table loa.session drop constraint session_kind_check;
alter table loa.session add constraint session_kind_check check (kind in ('staff', 'resident', 'token', 'assist'));
-- The helper's own session: an assisted one dies with it.
alter table loa.session add column parent_id uuid;

-- The consent comes first: without its row there is no session. The id is made by the helper's device; the session has the same.
create table loa.assist (
  commune_id int not null,
  id uuid not null,
  household_id uuid not null,
  -- who said yes; null: somebody of the home
  person_id uuid,
  -- the entry of the home's ledger: purpose, basis, the words that were asked
  consent_id uuid not null,
  account_id uuid not null,
  post_id uuid not null references loa.post,
  begun_at timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  ended_by text check (ended_by in ('helper', 'home', 'post')),
  primary key (commune_id, id)
);
create index assist_of_household on loa.assist (commune_id, household_id, begun_at);

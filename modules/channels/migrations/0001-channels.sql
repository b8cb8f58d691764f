-- Web push: one subscription a browser. The endpoint is sealed; its digest finds it again.
create table loa.push_subscription (
  commune_id int not null,
  id uuid not null,
  session_id uuid not null,
  household_id uuid,
  account_id uuid,
  person_id uuid,
  digest bytea not null,
  sealed text not null,
  added_at timestamptz not null,
  dead_at timestamptz,
  primary key (commune_id, id)
);
create unique index push_subscription_digest on loa.push_subscription (commune_id, digest);
create index push_of_household on loa.push_subscription (commune_id, household_id) where dead_at is null;
create index push_of_account on loa.push_subscription (commune_id, account_id) where dead_at is null;

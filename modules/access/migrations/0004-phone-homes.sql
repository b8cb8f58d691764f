-- A phone that opens several homes: those beside the one in use, which the session itself names.
create table loa.session_home (
  commune_id int not null,
  session_id uuid not null,
  household_id uuid not null,
  added_at timestamptz not null,
  primary key (commune_id, session_id, household_id)
);
create index session_home_of_home on loa.session_home (commune_id, household_id);

-- For which homes a phone stands: those it opens, and those for whose elder somebody of a home it opens reads. A reader gets
-- what is public and shows "Đã rõ"; he opens nothing of that home.
create view loa.phone_home as
  select s.commune_id, s.id as session_id, s.household_id, false as is_reader, s.ends_at
  from loa.session s where s.household_id is not null and s.ended_at is null
  union all
  select s.commune_id, s.id, o.household_id, false, s.ends_at
  from loa.session_home o join loa.session s on s.commune_id = o.commune_id and s.id = o.session_id and s.ended_at is null
  union all
  select s.commune_id, s.id, p.reads_for, true, s.ends_at
  from loa.person p
  join loa.session s on s.commune_id = p.commune_id and s.household_id = p.household_id and s.ended_at is null
    and (s.person_id is null or s.person_id = p.id)
  where p.reads_for is not null and p.left_at is null and p.died_on is null
  union all
  select s.commune_id, s.id, p.reads_for, true, s.ends_at
  from loa.person p
  join loa.session_home o on o.commune_id = p.commune_id and o.household_id = p.household_id
  join loa.session s on s.commune_id = o.commune_id and s.id = o.session_id and s.ended_at is null
  where p.reads_for is not null and p.left_at is null and p.died_on is null;

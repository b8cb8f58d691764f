-- Only a home's own phone stands for homes: whoever acts for one in an assisted session is called for none.
create or replace view loa.phone_home as
  select s.commune_id, s.id as session_id, s.household_id, false as is_reader, s.ends_at
  from loa.session s where s.household_id is not null and s.kind = 'resident' and s.ended_at is null
  union all
  select s.commune_id, s.id, o.household_id, false, s.ends_at
  from loa.session_home o join loa.session s on s.commune_id = o.commune_id and s.id = o.session_id and s.kind = 'resident' and s.ended_at is null
  union all
  select s.commune_id, s.id, p.reads_for, true, s.ends_at
  from loa.person p
  join loa.session s on s.commune_id = p.commune_id and s.household_id = p.household_id and s.kind = 'resident' and s.ended_at is null
    and (s.person_id is null or s.person_id = p.id)
  where p.reads_for is not null and p.left_at is null and p.died_on is null
  union all
  select s.commune_id, s.id, p.reads_for, true, s.ends_at
  from loa.person p
  join loa.session_home o on o.commune_id = p.commune_id and o.household_id = p.household_id
  join loa.session s on s.commune_id = o.commune_id and s.id = o.session_id and s.kind = 'resident' and s.ended_at is null
  where p.reads_for is not null and p.left_at is null and p.died_on is null;

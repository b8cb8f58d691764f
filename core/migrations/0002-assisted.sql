-- What was done in an assisted session is read back for the home.
create index trail_of_assist on loa.trail (commune_id, (data ->> 'assist'), id) where data ? 'assist';

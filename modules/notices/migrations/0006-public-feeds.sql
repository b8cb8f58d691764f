-- What everybody may read, newest change first: feeds, calendars and the list that another page shows.
create index notice_public on loa.notice (commune_id, changed_at, id)
  where published_at is not null and not is_private and not is_internal;

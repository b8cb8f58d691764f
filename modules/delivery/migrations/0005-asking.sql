-- What still asks for an answer is found by being open, not by being new.
create index publication_asking on loa.publication (commune_id, card_id, ends_at)
  where withdrawn_at is null and replaced_by is null and (class = 'emergency' or ask >= 5);

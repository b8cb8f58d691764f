-- The month's money did not do for this emergency, and no second person had said yes: since then homes wait for one.
alter table loa.publication add column money_asked_at timestamptz;
create index publication_money_asked on loa.publication (commune_id, published_id) where money_asked_at is not null and not is_approved;

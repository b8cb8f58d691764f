-- What ended with a merger or split of villages, by the act's id: taking the act back opens it again.
alter table loa.post add column closed_with uuid;
-- planned_to: the end that the term had before
alter table loa.post_term add column ended_with uuid, add column planned_to timestamptz;
alter table loa.session add column ended_with uuid;
create index post_closed_with on loa.post (commune_id, closed_with) where closed_with is not null;

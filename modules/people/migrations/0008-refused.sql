-- A refusal is looked for before every message, and there are few of them.
create index consent_of_contact on loa.consent (commune_id, contact_id) where contact_id is not null;
create index consent_refused on loa.consent (commune_id, household_id) where contact_id is null and said <> 'yes';
create index consent_refused_by on loa.consent (commune_id, person_id) where contact_id is null and said <> 'yes' and person_id is not null;

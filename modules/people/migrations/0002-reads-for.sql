-- Who reads for a home is asked for from both sides.
create index person_reads_for on loa.person (commune_id, reads_for) where reads_for is not null;

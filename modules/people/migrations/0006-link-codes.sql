-- A code by which an account of a messaging service is told apart as a home's: said there once, and soon over.
create table loa.link_code (
  commune_id int not null,
  code text not null,
  household_id uuid not null,
  person_id uuid,
  made_at timestamptz not null,
  ends_at timestamptz not null,
  used_at timestamptz,
  primary key (commune_id, code),
  foreign key (commune_id, household_id) references loa.household
);
create index link_code_of_household on loa.link_code (commune_id, household_id);

-- Communes that an owner beside the administration (a bank's branch) serves: it writes to their posts and to their credit groups.
create table loa.owner_commune (
  commune_id int not null,
  serves int not null,
  valid_from date not null,
  valid_to date,
  primary key (commune_id, serves, valid_from)
);

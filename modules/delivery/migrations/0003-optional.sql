-- May a person stop it? Decided at publication by the pack of topics of that day.
alter table loa.publication add column is_optional boolean not null default false;

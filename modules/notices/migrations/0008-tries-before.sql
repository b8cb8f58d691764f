-- Tries of older words, and those before a person let it be tried again, no longer count; each try keeps a number of its own.
alter table loa.outlet_act add column tries_before smallint not null default 0;

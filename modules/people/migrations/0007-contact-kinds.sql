-- Kinds of contacts are a list of the product's, checked where they come in (words-of-homes.ts): a new one needs no migration.
alter table loa.contact drop constraint contact_kind_check;
alter table loa.contact add constraint contact_kind_check check (kind ~ '^[a-z]{2,20}$');

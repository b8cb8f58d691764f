-- Whose delivery carried the text, where this home's address was another's too: this one rode on it. Null: it went by itself.
alter table loa.delivery add column rides_on uuid;

-- An address that several homes name gets a text once in a step: whose delivery carries it there, and what became of it. Written
-- before the address is called (said is null), like the intent of a delivery. Addresses of one home alone have no row.
create table loa.delivery_address (
  commune_id int not null,
  published_id uuid not null,
  channel text not null,
  step smallint not null,
  -- as the channel calls it; never a number in plain text
  address text not null,
  carried_by uuid not null,
  said text check (said in ('handed_over', 'failed', 'later', 'uncertain')),
  reason text,
  due_at timestamptz,
  changed_at timestamptz not null,
  primary key (commune_id, published_id, channel, step, address)
);
create index delivery_address_carried on loa.delivery_address (commune_id, published_id, carried_by) where said is null;

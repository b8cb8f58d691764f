-- A channel learnt that the address is out of use: it is asked no more until somebody enters it again.
alter table loa.contact add column dead_at timestamptz;

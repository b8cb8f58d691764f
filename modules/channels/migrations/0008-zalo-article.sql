-- An article that the Official Account is making, tells its followers of, or has told: none of them is told twice.
create table loa.zalo_article (
  commune_id int not null,
  account_id uuid not null,
  -- of the post: the same when it is tried again
  key text not null,
  -- `telling` is written before Zalo is asked to tell: found so, nobody knows whether it did
  state text not null check (state in ('making', 'made', 'telling', 'told', 'removing')),
  -- by it Zalo says what became of the making
  token text not null,
  article_id text,
  begun_at timestamptz not null,
  primary key (commune_id, account_id, key)
);
create index zalo_article_named on loa.zalo_article (commune_id, account_id, article_id);

-- What somebody wrote under a post of ours is a question without a home; its answer goes there too.
alter table loa.question
  add column account_id uuid,
  add column comment_id text,
  -- waiting and begun before the provider is called; refused or unsure: a person answers there
  add column reply_state text check (reply_state in ('waiting', 'begun', 'done', 'refused', 'unsure')),
  add column reply_why text;
create unique index question_of_comment on loa.question (commune_id, account_id, comment_id) where comment_id is not null;

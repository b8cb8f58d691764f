-- The post that asked for the home, in an assisted session.
alter table loa.question add column helper_post uuid references loa.post;

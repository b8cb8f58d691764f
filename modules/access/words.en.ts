export const accessEn = {
  'problem.wrong_login': 'Login or password is not right. Type it again, or ask whoever invited you for a new code.',
  'problem.no_post': 'This account holds no post today. Ask the commune office.',
  'problem.post_place': 'This post needs a unit or a group that is in the book. Check the code.',
  'problem.token_has_one_post': 'A token belongs to one post. Make another one for the other post.',
  'problem.link_ended': 'This link was used or has ended. Ask whoever sent it for a new one.',
}

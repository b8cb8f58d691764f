export const deliveryEn = {
  'problem.audience_empty': 'No home would get this. Choose again whom it is for.',
  'problem.level_not_yours': 'A home does not tell this level. Its phone tells only delivered and seen.',
  'problem.notice_withdrawn_since': 'This notice was withdrawn. Nothing more is needed.',
}

export const deliveryEn = {
  'problem.audience_empty': 'No home would get this. Choose again whom it is for.',
}

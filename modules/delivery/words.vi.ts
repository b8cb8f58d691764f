export const deliveryVi = {
  'problem.audience_empty': 'Chưa có nhà nào nhận tin này. Hãy chọn lại nơi nhận.',
}

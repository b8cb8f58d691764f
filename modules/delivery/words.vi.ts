export const deliveryVi = {
  'delivery.private_title': 'Tin riêng gửi từng hộ',
  'delivery.alert.internal': 'Có giấy nội bộ mới',
  'delivery.alert.doors': 'Đến giờ đi từng nhà',
  'problem.audience_empty': 'Chưa có nhà nào nhận tin này. Hãy chọn lại nơi nhận.',
  'problem.level_not_yours': 'Mức này không phải do nhà mình báo. Máy chỉ báo đã nhận và đã xem.',
  'problem.notice_withdrawn_since': 'Tin này đã được thu hồi. Không cần báo nữa.',
  'problem.too_many_homes': 'Thôn có hơn {most} hộ nên không vẽ từng nhà. Hãy xem thanh và danh sách.',
  'problem.walker_unknown': 'Người này không có phần việc đi từng nhà ở đây. Hãy chọn người trong danh sách.',
  'problem.door_elsewhere': 'Có nhà không thuộc nơi mình phụ trách hoặc thuộc tin khác. Hãy mở lại danh sách.',
  'problem.visit_unknown': 'Không thấy lần đến nhà cần sửa. Hãy mở lại danh sách rồi sửa.',
  'problem.door_closed': 'Tin này đã quá lâu, kết quả không sửa được nữa.',
}

export const unitsVi = {
  'problem.unit_unknown':
    'Không có đơn vị nào là “{unit}” vào ngày {day}. Xem lại mã, hoặc tìm theo tên ở danh sách xã, phường.',
  'problem.unit_code_ended':
    'Mã {unit} hết dùng từ ngày {until}: trước là {was}, nay thuộc {now}. Hãy dùng mã mới, hoặc ghi ngày của bản danh sách cũ.',
  'problem.unit_name_taken': 'Đã có {kind} {name} ở đây rồi. Hãy đặt tên khác, hoặc mở đơn vị đang có.',
  'problem.unit_too_deep': 'Chỉ lập được thôn dưới xã và một cấp nhỏ hơn dưới thôn. Hãy chọn lại đơn vị cấp trên.',
  'units.may_be': '“{old}” nay có thể là: {units}. Hãy hỏi bà con ở phần nào rồi chọn.',
}

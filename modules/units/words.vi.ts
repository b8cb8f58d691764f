export const unitsVi = {
  'problem.unit_unknown':
    'Không có đơn vị nào là “{unit}” vào ngày {day}. Xem lại mã, hoặc tìm theo tên ở danh sách xã, phường.',
  'problem.unit_code_ended':
    'Mã {unit} hết dùng từ ngày {until}: trước là {was}, nay thuộc {now}. Hãy dùng mã mới, hoặc ghi ngày của bản danh sách cũ.',
  'problem.unit_name_taken': 'Đã có {kind} {name} ở đây rồi. Hãy đặt tên khác, hoặc mở đơn vị đang có.',
  'problem.unit_too_deep': 'Chỉ lập được thôn dưới xã và một cấp nhỏ hơn dưới thôn. Hãy chọn lại đơn vị cấp trên.',
  'problem.unit_official':
    '{name} là đơn vị hành chính do luật định, đổi theo bảng của Nhà nước. Ở đây chỉ đổi được thôn và cấp dưới thôn.',
  'problem.unit_merge_needs_two': 'Nhập thôn cần ít nhất hai thôn. Hãy chọn thêm.',
  'problem.unit_split_parts':
    'Tách thôn cần ít nhất hai phần, và đúng một phần không ghi danh sách nhà: phần đó nhận các nhà còn lại.',
  'problem.unit_split_twice': 'Có nhà được xếp vào hai phần. Mỗi nhà chỉ thuộc một phần; hãy bỏ bớt một chỗ.',
  'problem.unit_has_homes':
    'Thôn này còn nhà đang ở nên chưa đóng được. Hãy chuyển các nhà đi, hoặc nhập thôn này với thôn khác.',
  'problem.unit_has_units': 'Dưới đơn vị này còn đơn vị nhỏ hơn. Hãy đóng hoặc nhập các đơn vị đó trước.',
  'units.may_be': '“{old}” nay có thể là: {units}. Hãy hỏi bà con ở phần nào rồi chọn.',
}

export const unitsVi = {
  'problem.unit_unknown':
    'Không có đơn vị nào là “{unit}” vào ngày {day}. Xem lại mã, hoặc tìm theo tên ở danh sách xã, phường.',
  'problem.unit_code_ended':
    'Mã {unit} hết dùng từ ngày {until}: trước là {was}, nay thuộc {now}. Hãy dùng mã mới, hoặc ghi ngày của bản danh sách cũ.',
  'problem.owner_unknown': 'Không có ngân hàng, tổ chức nào mang số {owner}. Hãy xem lại số.',
  'problem.owner_communes':
    'Ngân hàng, tổ chức phục vụ cả xã, phường, không phục vụ riêng thôn hay tỉnh. Hãy chọn lại các xã.',
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
  'problem.unit_undo_none': 'Thôn này không do nhập hay tách mà có, nên không có gì để hoàn tác.',
  'problem.unit_undo_late':
    'Chỉ hoàn tác được một lần, trong {days} ngày. Nay đã quá hạn hoặc đã hoàn tác; hãy nhập hoặc tách thôn lại cho đúng.',
  'problem.unit_undo_changed':
    'Sau đó các thôn này lại đổi tên, nhập hoặc tách tiếp. Hãy hoàn tác việc sau trước, hoặc nhập, tách thôn lại cho đúng.',
  'problem.unit_undo_below':
    '{title} được lập sau khi nhập thôn, không rõ thuộc thôn cũ nào. Hãy đóng đơn vị đó trước rồi hoàn tác.',
  'problem.unit_undo_homes':
    'Có {count} nhà vào thôn này sau khi nhập, không rõ thuộc thôn cũ nào. Hãy chuyển các nhà đó sang thôn khác trước rồi hoàn tác.',
  'problem.unit_undo_groups':
    'Có {count} hội, tổ được lập ở thôn này sau khi nhập, không rõ thuộc thôn cũ nào. Hãy đóng các hội, tổ đó trước rồi hoàn tác.',
  'units.may_be': '“{old}” nay có thể là: {units}. Hãy hỏi bà con ở phần nào rồi chọn.',
}

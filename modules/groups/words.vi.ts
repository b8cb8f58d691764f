export const groupsVi = {
  'problem.group_unknown':
    'Không có tổ chức nào mang mã “{group}”, hoặc tổ chức đã đóng. Hãy chọn lại trong danh sách.',
  'problem.group_name_taken': 'Ở đây đã có tổ chức tên “{name}”. Hãy đặt tên khác, hoặc mở tổ chức đang có.',
  'problem.group_needs_commune': 'Tổ chức phải thuộc một xã, phường hoặc một thôn. Hãy chọn lại đơn vị.',
  'problem.group_closed': '“{name}” đã đóng. Hãy mở lại trước khi sửa.',
  'problem.group_not_closed': 'Tổ chức này đang hoạt động, không cần mở lại.',
  'problem.group_closed_long_ago': 'Tổ chức này đóng đã quá 30 ngày nên không mở lại được. Hãy lập tổ chức mới.',
  'problem.group_too_deep': 'Một tổ chức nhiều nhất bốn cấp. Hãy lập chi hội dưới cấp cao hơn.',
  'problem.person_not_there':
    'Không thấy người này ở nhà có số đó. Xem lại số nhà và họ tên như ghi trong sổ, hoặc nhờ cán bộ xã.',
  'problem.person_gone': 'Người này đã mất hoặc đã chuyển đi nên không ghi vào tổ chức được.',
  'problem.member_already': 'Người này đã ở trong “{group}” rồi.',
  'problem.date_ahead': 'Ngày vào còn ở phía trước. Hãy ghi ngày hôm nay hoặc trước đó.',
}

export const accessVi = {
  'problem.wrong_login': 'Tên đăng nhập hoặc mật khẩu chưa đúng. Gõ lại, hoặc nhờ người đã mời mình cấp mã vào mới.',
  'problem.no_post': 'Tài khoản này hiện không giữ chức danh nào. Hãy hỏi cán bộ xã.',
  'problem.post_place': 'Chức danh này cần một đơn vị hoặc một tổ, hội có trong sổ. Xem lại mã đã ghi.',
  'problem.token_has_one_post': 'Mã kết nối chỉ dùng cho một chức danh. Hãy tạo mã khác cho chức danh kia.',
  'problem.link_ended': 'Đường dẫn này đã dùng hoặc hết hạn. Hãy nhờ người gửi cấp đường dẫn mới.',
}

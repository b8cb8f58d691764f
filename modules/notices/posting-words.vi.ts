export const postingVi = {
  'problem.chat_link_wrong':
    'Đường dẫn vào nhóm không đúng nơi đã chọn. Nhóm Zalo bắt đầu bằng https://zalo.me/g/, nhóm Facebook bằng https://www.facebook.com/groups/, trang bằng https://www.facebook.com/. Chép lại trong nhóm, hoặc để trống.',
  'problem.chat_name_taken': 'Ở đây đã ghi nhóm “{name}” rồi. Sửa nhóm ấy, hoặc đặt tên khác cho dễ phân biệt.',
  'problem.chat_post_unknown': 'Không thấy chức danh giữ nhóm. Chọn lại, hoặc để trống.',
  'problem.chat_group_secret':
    'Nhóm của chi bộ và tổ vay vốn không ghi ở đây: tin chung không đăng vào đó, chuyện riêng của nhà không ra nhóm.',
  'problem.chat_closed': 'Nhóm “{name}” đã đóng. Mở lại rồi sửa.',
  'problem.posting_not_asked':
    'Tin này không đăng vào nhóm này: tin riêng, tin nội bộ, tin chưa tới thôn, đã quá hạn, hoặc không phải cho nhóm.',
  'problem.posting_missing': 'Chưa ghi là đã đăng tin này vào nhóm. Đăng rồi bấm “Đã đăng” trước.',
  'problem.posting_old': 'Đã quá một ngày nên không bỏ dấu “Đã đăng” được nữa.',
  'problem.posting_of_account':
    'Bài này do tài khoản của xã tự đăng nên không bỏ dấu được. Muốn gỡ bài, hãy thu hồi tin.',
  'problem.outlet_unknown':
    'Tài khoản không đăng được vào nơi này. Xem lại nền tảng đã chọn và tài khoản ở mục Kênh báo tin.',
  'problem.outlet_taken': 'Đã có nhóm khác nối với “{name}”. Bỏ nối ở nhóm ấy trước.',
  'problem.proof_type': 'Ảnh chụp màn hình phải là JPG, PNG hoặc WEBP. Chụp lại rồi gửi.',
  'notices.post.emergency': 'KHẨN CẤP',
  'notices.post.priority': 'ƯU TIÊN',
  'notices.post.corrected': 'ĐÍNH CHÍNH',
  'notices.post.steps': 'Việc làm ngay:',
  'notices.post.at_hour': 'Lúc {hour} ngày {date}',
  'notices.post.on_day': 'Ngày {date}',
  'notices.post.head': 'Trưởng thôn',
  'notices.post.paper': 'Giấy số {number} ngày {date}',
  'notices.post.read': 'Đọc cả tin, hỏi lại, xem có đúng tin chính thức: {address}',
  'notices.post.unsure':
    'Đã gửi bài mà không rõ có lên hay không. Mở ra xem: có rồi thì bấm “Đã đăng”, chưa có thì bấm “Đăng lại”.',
  'notices.comment.unsure': 'Đã gửi câu trả lời mà không rõ có hiện hay không. Mở bình luận ra xem.',
  'notices.post.withdrawn': 'Tin “{title}” đã thu hồi, bà con không làm theo nữa. Lý do: {reason}\n\n{author}',
}

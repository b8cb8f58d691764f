import { feedsVi } from './feeds/words.vi.ts'
import { pagesVi } from './pages/words.vi.ts'
import { postingVi } from './posting-words.vi.ts'

export const noticesVi = {
  'page.check_title': 'Có đúng là tin của xã không?',
  'page.check_lead': 'Gõ mã kiểm tra ghi trong tin nhắn hoặc trong thư.',
  'page.check_code': 'Mã kiểm tra',
  'page.check_act': 'Kiểm tra',
  'page.check_yes': 'Đúng. {author} đã gửi tin này ngày {day}.',
  'page.check_withdrawn': 'Tin này đã được thu hồi: {reason}',
  'page.check_private': 'Đây là tin riêng của một số nhà nên không hiện ở đây. Mở ứng dụng Loa Làng để đọc.',
  'page.check_none':
    'Không có tin nào mang mã này. Nếu ai đưa mã này và bảo là tin của xã thì đừng làm theo; hãy hỏi trưởng thôn hoặc Ủy ban xã.',
  'field.unit_unknown': 'Không có đơn vị “{requirement}”.',
  'field.unit_code_ended': 'Mã “{requirement}” đã hết dùng.',
  'field.group_unknown': 'Không có tổ chức “{requirement}”.',
  ...pagesVi,
  ...feedsVi,
  ...postingVi,
  'problem.steps_needed': 'Tin khẩn phải ghi việc bà con làm ngay, nhiều nhất 3 việc. Thêm ít nhất 1 việc rồi gửi lại.',
  'problem.relay_needs_units':
    'Chỉ tin gửi theo thôn mới qua trưởng thôn chuyển. Tin gửi theo hội, nhóm hoặc theo hoàn cảnh thì gửi thẳng: bỏ mục chuyển.',
  'problem.notice_sent':
    'Tin này không còn là bản nháp nên không sửa ở đây được. Đã gửi rồi thì dùng mục đính chính hoặc thu hồi.',
  'problem.notice_not_sent': 'Tin này chưa gửi nên chưa đính chính, thu hồi được. Cứ sửa bản nháp, hoặc hoàn tác.',
  'problem.notice_withdrawn': 'Tin này đã thu hồi. Muốn báo tiếp thì soạn tin mới.',
  'problem.notice_from_above':
    'Tin này do cấp trên gửi. Cần sửa thì báo nơi đã gửi; trưởng thôn vẫn dặn thêm được khi chuyển.',
  'problem.time_past': 'Giờ hẹn gửi đã qua. Chọn giờ khác, hoặc gửi ngay.',
  'problem.alone_too_early':
    'Tin khẩn nhiều thôn cần người thứ hai đồng ý. Còn {minutes} phút nữa mới được tự gửi kèm lý do; trong lúc chờ hãy gọi người duyệt.',
  'problem.approver_same': 'Người duyệt phải là người khác với người soạn. Hãy gọi lãnh đạo khác đang trực.',
  'problem.nothing_to_approve': 'Tin này không còn chờ duyệt. Có thể người khác vừa duyệt, hoặc người soạn đã rút lại.',
  'problem.nothing_changed': 'Bản đính chính chưa khác gì bản đã gửi. Sửa ít nhất một chỗ.',
  'problem.correction_waits': 'Đã có một bản đính chính đang chờ duyệt. Chờ duyệt xong rồi sửa tiếp.',
  'problem.file_type': 'Chỉ nhận giấy PDF và ảnh JPG, PNG, WEBP. Giấy dạng khác hãy lưu thành PDF rồi gửi lại.',
  'problem.file_large': 'Tệp nặng quá, nhiều nhất {most} MB. Hãy giảm cỡ hoặc tách bớt trang.',
  'problem.file_broken': 'Ảnh này mở không được, có thể bị hỏng. Hãy chụp hoặc lưu lại rồi gửi.',
  'problem.files_many': 'Một tin kèm nhiều nhất {most} tệp. Bỏ bớt rồi thêm.',
  'notices.alert.relay': 'Có tin cần chuyển tới thôn',
  'notices.alert.question': 'Bà con hỏi, chờ trả lời',
  'notices.alert.question_late': 'Quá hạn trả lời bà con',
  'notices.alert.money': 'Tin khẩn hết ngân sách nhắn tin, chờ người thứ hai',
  'notices.alert.approval': 'Tin khẩn chờ duyệt',
  'notices.warning.date_past': 'Ngày ghi trong tin đã qua.',
  'notices.warning.weekday_wrong': 'Ngày {date} là {weekday}, trong lời ghi thứ khác.',
  'notices.warning.phone_in_text': 'Trong lời có số điện thoại. Ai mở tin cũng thấy: chỉ để số của cán bộ.',
  'notices.warning.id_number_in_text':
    'Trong lời có dãy số giống số căn cước. Không đưa số giấy tờ của bà con lên tin chung.',
  'notices.warning.internal_words': 'Giống giấy nội bộ. Xem lại: gửi cho bà con, hay chỉ gửi cán bộ?',
  'notices.warning.last_useful_near': 'Còn {hours} giờ là báo không kịp nữa, {homes} hộ phải có người đến tận nơi.',
  'notices.warning.no_way': '{homes}/{households} hộ không có máy để nhận, phải đến tận nơi.',
  'notices.warning.private_audience':
    'Chọn theo hoàn cảnh nên tin này để riêng: không có trang chung, không dán bảng, báo máy không ghi tên việc.',
  'notices.warning.relay_after_useful': 'Hẹn trưởng thôn chuyển muộn hơn giờ diễn ra việc. Rút ngắn lại.',
}

// Vietnamese words are often two syllables and yet break at every space. `bind` puts a no-break space where a line must not end:
// between a number and its unit, a title and a name, and inside words that read badly when torn. Used on screens, pages and posters.

const space = '\u00A0'

const units =
  'hộ|nhà|người|nhân khẩu|giờ|phút|giây|ngày|tuần|tháng|năm|thôn|bản|xã|tin|câu|lần|trang|tuổi|đ|đồng|nghìn|triệu|tỷ|kg|tạ|tấn|km|m|ha|con|giấy|phiếu|KB|MB'
const titles =
  'ông|bà|cụ|anh|chị|em|cô|chú|bác|cháu|thôn|bản|buôn|ấp|khu|xóm|xã|phường|huyện|tỉnh|tổ|ngõ|thứ|nhà ông|nhà bà|Ông|Bà|Cụ|Anh|Chị|Cô|Chú|Bác|Thôn|Bản|Xã|Phường|Tỉnh|Tổ|Ngõ|Thứ'

const compounds = [
  'đã rõ',
  'đã xem',
  'đã nhận',
  'đã tới',
  'chưa tới',
  'nghe loa',
  'tận nơi',
  'nhà mình',
  'bà con',
  'hộ nghèo',
  'cận nghèo',
  'tiểu đường',
  'nhà văn hóa',
  'trưởng thôn',
  'phó thôn',
  'hôm nay',
  'hôm qua',
  'ngày mai',
  'sáng nay',
  'chiều nay',
  'tối nay',
  'trưa nay',
  'khẩn cấp',
  'ưu tiên',
  'thông thường',
  'chuyển tin',
  'chuyển xuống',
  'xuống thôn',
  'quá giờ',
  'quá hạn',
  'hết hạn',
  'cỡ chữ',
  'mất mạng',
  'chờ gửi',
  'hoàn tác',
  'gửi lại',
  'thử lại',
  'nghe lại',
  'có dự',
  'không dự',
  'ghi tên',
  'hỏi thêm',
  'hàng xóm',
  'vắng nhà',
  'từ chối',
  'đi vắng',
  'cán bộ',
  'chủ tịch',
  'bí thư',
  'công an',
  'biên phòng',
  'ngân hàng',
  'đăng nhập',
  'mật khẩu',
  'điện thoại',
  'giấy gốc',
  'văn bản',
  'thông báo',
  'dịch tả',
  'trạm y tế',
  'sổ thôn',
  'tin nhà',
  'người đọc',
  'số nhà',
  'gia đình',
  'nhân khẩu',
  'xã viên',
  'hội viên',
]

// No look-behind: Safari knows it only since 16.4, and many phones here are older.
const before = '(^|[^\\p{L}])'
const number = new RegExp(`(\\d[\\d.,:/–-]*) (?=(?:${units})(?!\\p{L}))`, 'gu')
const titled = new RegExp(`${before}(${titles}) (?=[\\p{Lu}\\d])`, 'gu')
const torn = new RegExp(`${before}(${compounds.join('|')})(?!\\p{L})`, 'giu')
const phone = /(^|\D)(0\d{3}) (\d{3}|…) (\d{3})(?!\d)/g

/** Keeps together what a reader takes as one word. */
export const bind = (text: string) =>
  text
    .replace(number, `$1${space}`)
    .replace(titled, `$1$2${space}`)
    .replace(phone, `$1$2${space}$3${space}$4`)
    .replace(torn, (_, gap: string, word: string) => gap + word.split(' ').join(space))

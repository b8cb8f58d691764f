// Made-up people. The given names of persons who appear in the press pieces that the demo takes its places and numbers from
// are left out of these lists, so that no made-up neighbour bears a real person's name.
import type { Chance } from './chance.ts'

export type Sex = 'm' | 'f'

const families = {
  town: ['Nguyễn', 'Trần', 'Phạm', 'Vũ', 'Đỗ', 'Bùi', 'Dương', 'Giáp', 'Ngô', 'Đặng', 'Thân', 'Lê'],
  hills: ['Hoàng', 'Nông', 'Vi', 'Lý', 'Bế', 'Lã', 'Tằng', 'Trịnh', 'Chu', 'Lương', 'Đàm', 'Ninh', 'Hà', 'Lâm', 'Nịnh'],
} as const
const middle = {
  m: ['Văn', 'Văn', 'Đức', 'Xuân', 'Quang', 'Hữu', 'Minh'],
  f: ['Thị', 'Thị', 'Thị', 'Thu', 'Ngọc', 'Bích'],
}
const given = {
  m: 'An Bảo Bằng Bình Chung Cương Dân Dần Doanh Dũng Duy Đại Đạt Điệp Đoàn Được Hải Hiếu Hiệp Hòa Hoan Huy Hưng Kiên Khải Khánh Khìn Lâm Lộc Lợi Luân Lực Lượng Mạnh Nam Nghĩa Nghiệp Nguyên Ninh Phong Phú Phúc Phương Quân Quang Quyết Quý Sáng Sơn Tài Tâm Tân Tiến Tình Tới Tú Tùng Thái Thành Thắng Thế Thịnh Thọ Thông Thuận Trọng Trung Trường Ước Việt Vinh Vượng Xuân'.split(
    ' ',
  ),
  f: 'Ánh Bình Bích Cúc Diệp Duyên Đào Gấm Giang Hạnh Hằng Hậu Hiền Hoa Hòa Hoài Hồng Huệ Hường Khuê Lan Lành Lê Liên Liễu Loan Lụa Lý Mai Mận Mến Mơ Mùi Mỵ Nga Ngân Nghĩa Ngọc Nguyệt Nhàn Nhung Oanh Phượng Quế Quỳnh Sáu Sìu Tâm Tuyết Thanh Thảo Thắm Thêu Thìn Thơm Thu Thủy Thúy Thương Trà Trang Trinh Uyên Vân Xoan Xuân Yến'.split(
    ' ',
  ),
}

/** @param from the town's family names or those of the hills around it */
export const familyName = (by: Chance, from: keyof typeof families) => by.one(families[from])

/** Family, middle, given. */
export const personName = (by: Chance, family: string, sex: Sex) =>
  `${family} ${by.one(middle[sex])} ${by.one(given[sex])}`

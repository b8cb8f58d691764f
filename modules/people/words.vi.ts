export const peopleVi = {
  'problem.unit_needed': 'Chưa nói xem nhà của thôn nào. Hãy chọn một thôn hoặc xã.',
  'problem.village_needed': 'Nhà phải thuộc một thôn; {unit} không phải là thôn. Hãy chọn thôn.',
  'problem.household_closed': 'Nhà này đã chuyển đi hoặc đã gộp, không sửa được nữa. Nếu nhầm, mở nhà và bấm Hoàn tác.',
  'problem.household_number_taken': 'Số hộ {number} đã có nhà khác trong thôn dùng. Hãy xem lại sổ.',
}

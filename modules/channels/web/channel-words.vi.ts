/** The one list of the channels' names, written as in the middle of a sentence; and of what else a home may know by. */
export const vi = {
  app: 'ứng dụng',
  push: 'báo trên máy',
  email: 'thư điện tử',
  sms: 'tin nhắn SMS',
  zalo: 'Zalo',
  zalo_template: 'Zalo theo mẫu',
  zalo_phone: 'Zalo theo số điện thoại',
  facebook: 'Facebook Messenger',
  telegram: 'Telegram',
  call: 'gọi tự động',
  link: 'đường dẫn',
  group: 'nhóm Zalo, Facebook',
  assist: 'làm hộ',
  door: 'đến tận nhà',
} as const

import { say } from './say.ts'

/** `ngày giờ, nơi, việc làm ngay` */
export const fieldNames = (fields: readonly string[]) =>
  fields.map(field => say(`field_${field}` as 'field_title')).join(', ')

// In the afternoon people walk to the doors that are left.
import type { Plot } from './day.ts'

export function planDoors(_plot: Plot, _noticeId: string) {}

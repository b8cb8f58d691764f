// Everything screens are built from. Words are the caller's; drawings, order and behaviour are the product's.
export { Act, Acts, type ActProps } from './kit/act.tsx'
export { Chips, Choice, Field, Form, Pick, Tick, type FieldProps, type Option } from './kit/form.tsx'
export { Home, Icon, Mark, type Evidence } from './kit/icon.tsx'
export {
  ClassTag,
  Clock,
  Facts,
  Leaf,
  PaperQuote,
  Said,
  Steps,
  Trace,
  type NoticeClass,
  type Paper,
  type TraceStep,
} from './kit/notice.tsx'
export { Group, Page, type PageProps } from './kit/page.tsx'
export {
  evidenceOf,
  HomesPicture,
  marksOf,
  Reach,
  ReachBar,
  ReachKey,
  type HomeMark,
  type LevelName,
  type Levels,
} from './kit/reach.tsx'
export { Count, Row, Rows, Tag, type RowProps } from './kit/rows.tsx'
export { Sheet } from './kit/sheet.tsx'
export { Empty, Failed, Lines, OldCopy, Progress } from './kit/state.tsx'
export { toast } from './kit/toast.tsx'
export { Table, type Column } from './kit/table.tsx'

// Papers and pictures: those the draft has, and those that go with the next saving.
import { useRef, useState } from 'preact/hooks'
import { api, type Refusal } from '#web/api.ts'
import { Act, Failed, Icon } from '#web/kit.tsx'
import { size } from '#web/numbers.ts'
import type { NoticeShown } from './draft.ts'
import { say } from './say.ts'

interface Props {
  noticeId: string | undefined
  kept: NoticeShown['files']
  files: File[]
  onChange: (files: File[]) => void
  /** A sent notice keeps its files until the correction is sent: what is taken off is only noted. */
  onDrop?: (fileId: string) => void
}

const Line = ({ name, bytes, onDrop }: { name: string; bytes: number; onDrop: () => unknown }) => (
  <p class="attach">
    <Icon name="giay" isSmall />
    <span>
      {name}, {size(bytes)}
    </span>
    <Act kind="plain" label={say('drop_file_named', { name })} onClick={onDrop}>
      {say('drop_file')}
    </Act>
  </p>
)

export function Attachments({ noticeId, kept, files, onChange, onDrop }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const [dropped, setDropped] = useState<string[]>([])
  const [refusal, setRefusal] = useState<Refusal>()
  const drop = async (fileId: string) => {
    try {
      if (onDrop) onDrop(fileId)
      else await api.notices.dropFile({ noticeId: noticeId!, fileId })
      setDropped(was => [...was, fileId])
    } catch (error) {
      setRefusal(error as Refusal)
    }
  }
  return (
    <div class="stack">
      {kept
        .filter(file => !dropped.includes(file.id))
        .map(file => (
          <Line key={file.id} name={file.name} bytes={file.size} onDrop={() => drop(file.id)} />
        ))}
      {files.map((file, n) => (
        <Line key={n} name={file.name} bytes={file.size} onDrop={() => onChange(files.filter((_, i) => i !== n))} />
      ))}
      <input
        ref={input}
        hidden
        type="file"
        multiple
        accept="application/pdf,image/jpeg,image/png,image/webp"
        aria-label={say('attach')}
        onChange={event => {
          onChange([...files, ...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
      {refusal && <Failed refusal={refusal} />}
      <Act kind="quiet" icon="giay" onClick={() => input.current?.click()}>
        {say('attach')}
      </Act>
    </div>
  )
}

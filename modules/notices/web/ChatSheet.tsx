// A chat group is noted, put right, or taken off the list.
import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { everyPage } from '#web/every-page.ts'
import { Act, Choice, Failed, Field, Form, Pick, Sheet, toast } from '#web/kit.tsx'
import { useLoaded } from '#web/load.ts'
import { me } from '#web/me.ts'
import { useSubmit } from '#web/submit.ts'
import { platforms, type Platform } from '../chat-rules.ts'
import type { Chat } from '../contract-chats.ts'
import { say } from './chat-say.ts'

interface Named {
  value: string
  label: string
}

/** Money and the Party are talked of elsewhere. */
const isOpen = ({ kind, isConfidential }: { kind: string; isConfidential: boolean }) =>
  !isConfidential && kind !== 'credit_group' && kind !== 'party_cell'

/** The own unit first; the commune also its villages and associations. `g:` before the id of an association. */
async function owners(): Promise<Named[]> {
  const { unit, group, role } = me.value ?? {}
  if (role === 'association_officer') return group ? [{ value: `g:${group.id}`, label: group.name }] : []
  if (!unit) return []
  const own = [{ value: unit.id, label: `${unit.kind} ${unit.name}` }]
  if (role !== 'commune_officer' && role !== 'commune_chair') return own
  const villages = await everyPage(cursor => api.units.list({ parent: unit.id, limit: 100, ...cursor }))
  const groups = await everyPage(cursor => api.groups.list({ limit: 100, ...cursor }))
  return [
    ...own,
    ...villages.map(({ id, title }) => ({ value: id, label: title })),
    ...groups.filter(isOpen).map(({ id, name }) => ({ value: `g:${id}`, label: name })),
  ]
}

/** Posts of the unit; who may not see posts chooses none. */
async function keepers(unit: string): Promise<Named[]> {
  if (!unit || me.value?.role === 'association_officer') return []
  const posts = await everyPage(cursor => api.access.posts({ unit, limit: 100, ...cursor }))
  return posts.filter(post => post.unit?.id === unit).map(({ id, title }) => ({ value: id, label: title }))
}

interface Said {
  platform: Platform
  name: string
  members: string
  link: string
  postId: string
}

function useFields(chat: Chat | undefined) {
  const [fields, setFields] = useState<Said>({
    platform: chat?.platform ?? 'zalo',
    name: chat?.name ?? '',
    members: chat?.members ? String(chat.members) : '',
    link: chat?.link ?? '',
    postId: chat?.post?.id ?? '',
  })
  const put = (change: Partial<Said>) => setFields({ ...fields, ...change })
  const isCount = /^\d{0,6}$/.test(fields.members.trim()) && fields.members.trim() !== '0'
  const said = () => ({
    platform: fields.platform,
    name: fields.name,
    members: fields.members.trim() ? Number(fields.members) : null,
    link: fields.link,
    postId: fields.postId || null,
  })
  return { fields, put, said, isCount }
}

type Fields = ReturnType<typeof useFields>

function ChatFields({
  form: { fields, put, isCount },
  unit,
  errorOf,
}: {
  form: Fields
  unit: string
  errorOf: (field: string) => string | undefined
}) {
  const posts = useLoaded(() => keepers(unit), [unit]).value ?? []
  return (
    <>
      <Choice
        label={say('platform')}
        options={platforms.map(value => ({ value, label: say(`platform_${value}`) }))}
        value={fields.platform}
        onChange={value => put({ platform: value as Platform })}
      />
      <Field
        label={say('name')}
        hint={say('name_hint')}
        value={fields.name}
        maxLength={120}
        error={errorOf('name')}
        onInput={name => put({ name })}
      />
      <Field
        label={say('members')}
        hint={say('members_hint')}
        value={fields.members}
        type="tel"
        error={isCount ? errorOf('members') : say('members_wrong')}
        onInput={members => put({ members })}
      />
      <Field
        label={say('link')}
        hint={say('link_hint')}
        value={fields.link}
        maxLength={300}
        error={errorOf('link')}
        onInput={link => put({ link })}
      />
      {posts.length > 0 && (
        <Pick
          label={say('post')}
          hint={say('post_hint')}
          options={[{ value: '', label: say('no_post') }, ...posts]}
          value={fields.postId}
          onChange={postId => put({ postId })}
        />
      )}
    </>
  )
}

interface Props {
  onClose: () => void
  onDone: () => Promise<void>
}

export function AddChat({ onClose, onDone }: Props) {
  const found = useLoaded(owners, [])
  const choices = found.value ?? []
  const [chosen, setChosen] = useState('')
  const owner = chosen || choices[0]?.value || ''
  const form = useFields(undefined)
  const { refusal, errorOf, submit } = useSubmit()
  const add = async () => {
    const isDone = await submit(async how => {
      const made = owner.startsWith('g:')
        ? await api.notices.makeChatOfGroup({ groupId: owner.slice(2), ...form.said() }, how)
        : await api.notices.makeChat({ unit: owner, ...form.said() }, how)
      toast(say('added', { name: made.name }))
    })
    if (!isDone) return
    onClose()
    await onDone()
  }
  return (
    <Sheet title={say('add')} isOpen onClose={onClose}>
      <Form onSubmit={add}>
        {choices.length > 1 && <Pick label={say('whose')} options={choices} value={owner} onChange={setChosen} />}
        <ChatFields form={form} unit={owner.startsWith('g:') ? '' : owner} errorOf={errorOf} />
        {refusal && !refusal.fields && <Failed refusal={refusal} />}
        <Act kind="main" submit disabledBecause={!form.isCount && say('members_wrong')}>
          {say('save')}
        </Act>
      </Form>
    </Sheet>
  )
}

export function ChangeChat({ chat, onClose, onDone }: Props & { chat: Chat }) {
  const form = useFields(chat)
  const { refusal, errorOf, submit } = useSubmit()
  const done = async (isDone: boolean) => {
    if (!isDone) return
    onClose()
    await onDone()
  }
  const save = async () =>
    done(
      await submit(async how => {
        await api.notices.changeChat({ chatId: chat.id, ...form.said() }, how)
        toast(say('saved', { name: chat.name }))
      }),
    )
  const undo = async () => {
    await api.notices.reopenChat({ chatId: chat.id })
    await onDone()
  }
  const close = async () =>
    done(
      await submit(async how => {
        await api.notices.closeChat({ chatId: chat.id }, how)
        toast(say('closed', { name: chat.name }), undo)
      }),
    )
  return (
    <Sheet title={say('change')} isOpen onClose={onClose}>
      <Form onSubmit={save}>
        <ChatFields form={form} unit={chat.group ? '' : chat.unit.id} errorOf={errorOf} />
        {refusal && !refusal.fields && <Failed refusal={refusal} />}
        <Act kind="main" submit disabledBecause={!form.isCount && say('members_wrong')}>
          {say('save')}
        </Act>
        <Act kind="quiet" icon="dong" onClick={close}>
          {say('close')}
        </Act>
      </Form>
    </Sheet>
  )
}

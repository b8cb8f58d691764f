// A chat group is noted, put right, or taken off the list.
import { useState } from 'preact/hooks'
import { api } from '#web/api.ts'
import { everyPage } from '#web/every-page.ts'
import { unitsBelow } from '#web/units-below.ts'
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
  const villages = await unitsBelow(unit.id)
  const groups = await everyPage(cursor => api.groups.list({ limit: 100, ...cursor }))
  return [...own, ...villages, ...groups.filter(isOpen).map(({ id, name }) => ({ value: `g:${id}`, label: name }))]
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

const mayTie = () => me.value?.role === 'commune_officer' || me.value?.role === 'commune_chair'
const keyOf = (outlet: { accountId: string; id: string }) => `${outlet.accountId} ${outlet.id}`

/** Pages and groups that an account of the commune can post in; only the commune ties them. */
function useOutlets(chat: Chat | undefined) {
  const found = useLoaded(() => (mayTie() ? api.notices.outlets({}) : Promise.resolve(undefined)), [])
  const own = chat?.outlet ? keyOf({ accountId: chat.outlet.accountId, id: chat.outlet.id }) : ''
  const [chosen, setChosen] = useState(own)
  const all = found.value?.items ?? []
  const free = (platform: Platform) =>
    all.filter(one => one.platform === platform && (!one.chatId || one.chatId === chat?.id))
  /** Where what was chosen is another than before. */
  const tie = async (chatId: string, platform: Platform) => {
    const outlet = free(platform).find(one => keyOf(one) === chosen)
    if (outlet && keyOf(outlet) !== own)
      await api.notices.tieChat({ chatId, accountId: outlet.accountId, outlet: outlet.id })
    if (!outlet && own) await api.notices.untieChat({ chatId })
  }
  return { free, silent: found.value?.silent ?? [], chosen, setChosen, tie }
}

/** Whoever posts there: a person, or the account by itself. */
function WhoPosts({ outlets, platform }: { outlets: ReturnType<typeof useOutlets>; platform: Platform }) {
  const free = outlets.free(platform)
  return (
    <>
      {free.length > 0 && (
        <Pick
          label={say('who_posts')}
          hint={say('who_posts_hint')}
          options={[
            { value: '', label: say('person_posts') },
            ...free.map(one => ({ value: keyOf(one), label: say('account_posts', { name: one.name }) })),
          ]}
          value={free.some(one => keyOf(one) === outlets.chosen) ? outlets.chosen : ''}
          onChange={outlets.setChosen}
        />
      )}
      {outlets.silent.map(one => (
        <p key={one.account} class="soft">
          {one.account}: {one.words}
        </p>
      ))}
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
  const outlets = useOutlets(undefined)
  const { refusal, errorOf, submit } = useSubmit()
  const add = async () => {
    const isDone = await submit(async how => {
      const made = owner.startsWith('g:')
        ? await api.notices.makeChatOfGroup({ groupId: owner.slice(2), ...form.said() }, how)
        : await api.notices.makeChat({ unit: owner, ...form.said() }, how)
      await outlets.tie(made.id, made.platform)
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
        <WhoPosts outlets={outlets} platform={form.fields.platform} />
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
  const outlets = useOutlets(chat)
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
        await outlets.tie(chat.id, form.fields.platform)
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
        <WhoPosts outlets={outlets} platform={form.fields.platform} />
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

// The console's page: what each simulator got, as a person would see it, and buttons for bad luck.
import type { Simulator } from './simulator.ts'

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

const options = (values: readonly string[]) => values.map(value => `<option>${escaped(value)}</option>`).join('')

const style = `body{font:16px/1.5 system-ui,sans-serif;margin:1rem auto;max-width:64rem;padding:0 1rem;background:#faf8f3;color:#222}
h2{margin:2rem 0 .25rem}form{display:flex;flex-wrap:wrap;gap:.5rem;align-items:end;margin:.5rem 0}label{display:grid;font-size:.85rem}
input,select,button{font:inherit;min-height:44px;padding:0 .5rem}li{margin:.5rem 0;padding:.5rem .75rem;background:#fff;border-radius:.5rem}
li p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}li small{color:#555}ul{list-style:none;padding:0}pre{white-space:pre-wrap}
@media(prefers-color-scheme:dark){body{background:#1b1a17;color:#eee}li{background:#2a2824}li small{color:#bbb}}`

const script = `
const draw = async () => {
  const all = await (await fetch('/got')).json().catch(() => [])
  for (const { name, count, got } of all) {
    document.querySelector('#count-' + name).textContent = count
    const list = document.querySelector('#got-' + name)
    list.replaceChildren(...got.slice(-20).reverse().map(one => {
      const row = document.createElement('li')
      const [who, words] = [document.createElement('small'), document.createElement('p')]
      who.textContent = new Date(one.at).toLocaleTimeString('vi-VN') + ' → ' + one.to + (one.told.length ? ' · ' + one.told.join(' · ') : '')
      words.textContent = one.words
      row.append(who, words)
      return row
    }))
  }
}
document.addEventListener('submit', async event => {
  event.preventDefault()
  const form = event.target
  const said = await fetch(form.action, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(Object.fromEntries(new FormData(form))) })
  form.querySelector('output').textContent = await said.text()
})
setInterval(draw, 1000)
draw()`

function part({ name, title, address, answers, account, hints, write, setHook }: Simulator): string {
  const hidden = `<input type="hidden" name="simulator" value="${name}">`
  const fields =
    account && Object.entries({ ...account.settings, ...account.secrets }).map(([field, value]) => `${field}: ${value}`)
  const enter = account ? `Kênh báo tin → Nối tài khoản → ${account.adapter}\n  ${fields!.join('\n  ')}\n` : ''
  const writing = write
    ? `<form action="/write">${hidden}<label>from<input name="from" value="84912345678"></label><label>words<input name="words" value="1"></label>
      <label>times<input name="times" type="number" value="1" min="1" max="9"></label><button>A person answers</button><output></output></form>`
    : ''
  const hooking = setHook
    ? `<form action="/hook">${hidden}<label>hook<input name="url" size="50" placeholder="http://localhost:3000/hooks/…"></label><button>Call back there</button><output></output></form>`
    : ''
  return `<section><h2>${escaped(title)}</h2><p>${escaped(address)} · <b id="count-${name}">0</b></p>
    <details><summary>How to enter it</summary><pre>${escaped(enter + hints.join('\n'))}</pre></details>
    <form action="/control">${hidden}<label>answers<select name="answer">${options(answers)}</select></label>
      <label>calls back<select name="become">${options(['delivered', 'failed', 'nothing'])}</select></label>
      <label>after seconds<input name="lateSeconds" type="number" value="1" min="0" max="3600"></label>
      <label>times<input name="times" type="number" value="1" min="0" max="9"></label><button>Be so</button><output></output></form>
    ${writing}${hooking}<ul id="got-${name}"></ul></section>`
}

export const pageOf = (simulators: readonly Simulator[]) => `<!doctype html><html lang="vi"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Giả lập · Simulators</title><style>${style}</style>
<h1>Các nhà cung cấp giả lập</h1><p>What was sent to them, newest first. Nothing leaves this machine.</p>
${simulators.map(part).join('')}<script>${script}</script></html>`

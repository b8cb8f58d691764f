import { Act } from '#web/kit.tsx'
import { momentWords } from '#web/time.ts'
import { say } from './say.ts'

export interface Code {
  address: string
  qr: { size: number; path: string }
  endsAt: string
}

export const Qr = ({ qr, label }: { qr: Code['qr']; label: string }) => (
  <svg viewBox={`-2 -2 ${qr.size + 4} ${qr.size + 4}`} role="img" aria-label={label}>
    <path d={qr.path} />
  </svg>
)

/** A way in, for the phone in front of this screen: the code, what to do with it, and the same address in letters. */
export const CodeToScan = ({ words, code }: { words: string; code: Code }) => (
  <div class="stack to-print">
    <div class="qr qr-large">
      <Qr qr={code.qr} label={words} />
      <p>{words}</p>
    </div>
    <p class="by">{say('code_once', { until: momentWords(code.endsAt) })}</p>
    <p class="s address">{code.address}</p>
    <p class="no-print">
      <Act kind="quiet" icon="in" onClick={() => print()}>
        {say('print_code')}
      </Act>
    </p>
  </div>
)

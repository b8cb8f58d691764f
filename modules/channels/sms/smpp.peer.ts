// Our SMPP against another's: an SMSC on Net::SMPP (Debian's libnet-smpp-perl), whose reading and writing of the protocol is not ours.
import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp } from '#testing/app'
import { freePort, isOpen } from '../port-for-tests.ts'
import { until } from '../until-for-tests.ts'
import { accountOf, listenTo, longText, secretWord, shortMessage } from './sms-for-tests.ts'
import { closeLines, send, smpp } from './smpp.ts'
import { withoutMarks } from './text.ts'

const { app } = await testApp({ isDemo: true })
const heard = listenTo(app)

/** Takes one line after another; ids in hex, receipts with decimal ones, in words alone; then somebody writes, in UCS-2. */
const smscInPerl = `
use strict; use warnings; use Net::SMPP; $| = 1;
my $smsc = Net::SMPP->new_listen('127.0.0.1', port => $ARGV[0], smpp_version => 0x34) or die "no port: $!";
while (1) {
  my $line = $smsc->accept or next;
  *$line->{async} = 1;
  my $no = 0xabc000;
  while (my $pdu = $line->read_pdu) {
    my $seq = $pdu->{seq};
    if ($pdu->{cmd} == Net::SMPP::CMD_bind_transceiver) {
      my $right = $pdu->{system_id} eq 'xa' && $pdu->{password} eq '${secretWord}';
      $line->bind_transceiver_resp(system_id => 'perl', seq => $seq, status => $right ? 0 : 0x0e);
    } elsif ($pdu->{cmd} == Net::SMPP::CMD_submit_sm) {
      my $id = $no++;
      print join(' ', map { unpack 'H*', $_ } $pdu->{source_addr}, $pdu->{destination_addr}, $pdu->{short_message}),
        " $pdu->{esm_class} $pdu->{data_coding} $pdu->{registered_delivery}\\n";
      $line->submit_sm_resp(message_id => sprintf('%X', $id), seq => $seq);
      my @way = (source_addr => $pdu->{destination_addr}, destination_addr => $pdu->{source_addr}, async => 1);
      $line->deliver_sm(@way, esm_class => 4, short_message =>
        "id:$id sub:001 dlvrd:001 submit date:2611290900 done date:2611290901 stat:DELIVRD err:000 text:") if $pdu->{registered_delivery};
      $line->deliver_sm(@way, source_addr_ton => 1, data_coding => 8, short_message => pack('n*', map { ord } split //, "R\\x{f5} r\\x{1ed3}i"))
        unless $pdu->{esm_class};
    } elsif ($pdu->{cmd} == Net::SMPP::CMD_enquire_link) {
      $line->enquire_link_resp(seq => $seq);
    } elsif ($pdu->{cmd} == Net::SMPP::CMD_unbind) {
      $line->unbind_resp(seq => $seq); last;
    }
  }
  close $line;
}
`

const taken: string[][] = []
let port = 0
let smsc: ChildProcess
beforeAll(async () => {
  port = await freePort()
  smsc = spawn('/usr/bin/perl', ['-e', smscInPerl, String(port)], { stdio: ['ignore', 'pipe', 'ignore'] })
  createInterface({ input: smsc.stdout! }).on('line', line => taken.push(line.split(' ')))
  for (let n = 0; n < 100 && !(await isOpen(port)); n++) await sleep(100)
})
afterAll(async () => {
  await closeLines(app)
  smsc.kill()
})

const account = (password = secretWord) => ({
  ...accountOf(smpp, {
    host: '127.0.0.1',
    port,
    line: 'plain',
    user: 'xa',
    sender: 'SONDONG',
    idFormat: 'hex_decimal',
    window: 5,
    perSecond: 100,
  }),
  secrets: { password },
})

const bytes = (hex: string) => Buffer.from(hex, 'hex')

test('another’s SMSC that does not know our password is an account that is not signed in', async () => {
  expect(await send(app, account('sai'), shortMessage('mot'))).toEqual({ is: 'refused', why: 'not_signed_in' })
})

test('another’s SMSC reads what we send, and we read its receipts and what people write', async () => {
  const mine = account()
  const said = await send(app, mine, shortMessage(longText))
  expect(said).toMatchObject({ is: 'accepted', ids: ['11255808', '11255809', '11255810'] })
  await until(() => taken.length === 3)
  expect(taken.map(([from, to]) => [bytes(from!).toString(), bytes(to!).toString()])).toEqual(
    Array.from({ length: 3 }, () => ['SONDONG', '84912345678']),
  )
  expect(taken.map(one => one.slice(3))).toEqual(Array.from({ length: 3 }, () => ['64', '8', '1']))
  const parts = taken.map(([, , body]) => bytes(body!))
  expect(parts.map(part => [...part.subarray(0, 6)])).toEqual([1, 2, 3].map(n => [5, 0, 3, parts[0]![3], 3, n]))
  expect(parts.every(part => part.length <= 140)).toBe(true)
  expect(parts.map(part => part.subarray(6).swap16().toString('utf16le')).join('')).toBe(longText)
  await until(() => heard.states(mine).length === 3)
  expect(heard.states(mine)).toEqual(['11255808 delivered', '11255809 delivered', '11255810 delivered'])

  taken.length = 0
  await send(app, mine, shortMessage(withoutMarks('Họp lúc 19h30, mang theo {giấy}.')))
  await until(() => heard.of(mine).some(one => one.is === 'said'))
  expect(taken[0]?.slice(3)).toEqual(['0', '0', '1'])
  expect(bytes(taken[0]![2]!).toString('latin1')).toBe('Hop luc 19h30, mang theo \u001b(giay\u001b).')
  expect(heard.of(mine).find(one => one.is === 'said')).toMatchObject({ from: '+84912345678', words: 'Rõ rồi' })
})

// The package `smpp` brings no types: these are of what we use.
declare module 'smpp' {
  import type { EventEmitter } from 'node:events'
  import type { LookupFunction, Server as NetServer, Socket } from 'node:net'

  interface Words {
    udh?: Buffer | Buffer[]
    message: Buffer | string
  }

  /** Fields of a command (SMPP 3.4 chapter 4) and its optional parameters (chapter 5.3). */
  export interface Fields {
    system_id?: string
    password?: string
    system_type?: string
    interface_version?: number
    source_addr_ton?: number
    source_addr_npi?: number
    source_addr?: string
    dest_addr_ton?: number
    dest_addr_npi?: number
    destination_addr?: string
    esm_class?: number
    registered_delivery?: number
    data_coding?: number
    short_message?: Words | Buffer | string
    message_id?: string
    message_payload?: Words | Buffer | string
    receipted_message_id?: string
    message_state?: number
    network_error_code?: Buffer
    sar_msg_ref_num?: number
    sar_total_segments?: number
    sar_segment_seqnum?: number
    command_status?: number
  }

  export interface Pdu extends Fields {
    command: string
    command_id: number
    command_status: number
    sequence_number: number
    isResponse: () => boolean
    response: (fields?: Fields) => Pdu
  }

  export interface Session extends EventEmitter {
    socket: Socket
    /** False where the line is no longer open: nothing was written. */
    send: (pdu: Pdu, answered?: (answer: Pdu) => void) => boolean
    close: (done?: () => void) => void
    destroy: (done?: () => void) => void
  }

  export interface Server extends NetServer {
    sessions: Session[]
  }

  interface Connecting {
    host: string
    port: number
    tls?: boolean
    servername?: string
    lookup?: LookupFunction
  }

  const smpp: {
    connect: (to: Connecting) => Session
    createServer: (heard: (session: Session) => void) => Server
    PDU: new (command: string, fields: Fields) => Pdu
  }
  export default smpp
}

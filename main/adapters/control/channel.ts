import type { Socket } from 'node:net';
import {
  type Message,
  ResponseError,
  SocketMessageReader,
  SocketMessageWriter,
  createMessageConnection,
} from 'vscode-jsonrpc/node.js';
import { errorDetails } from '../../contract/errors.js';
import { wireError } from '../../contract/wire.js';
import { CareenError, type ErrorCode, toCareenError } from '../../domain/errors.js';

/** What the other side asks of this one. */
export interface ChannelEnd {
  /** Answers a call; what it throws crosses as its code and values. */
  answer: (name: string, params: unknown) => Promise<unknown>;
  noticed: (name: string, params: unknown) => void;
}

/** JSON-RPC over one socket, both ways. */
export interface Channel {
  /** Throws what the other side threw, as a CareenError; `lost` when it went away before it answered. */
  call(name: string, params: unknown): Promise<unknown>;
  /** Sends without an answer; to a side that went away it does nothing. */
  notify(name: string, params: unknown): void;
  /** Resolves when either side ended the connection. */
  readonly closed: Promise<void>;
  /** Ends it once what was said is sent. */
  close(): void;
}

/**
 * A write that fails is told by `onError`, which ends the channel and with it every pending call;
 * the library would besides reject a promise that nobody can hold.
 */
class Writer extends SocketMessageWriter {
  override async write(message: Message): Promise<void> {
    await super.write(message).catch(() => undefined);
  }
}

/** Application errors are below the range that JSON-RPC 2.0 reserves (its section 5.1). */
const applicationError = 1;

/**
 * Opens the conversation on a connected socket. `lost` makes the failure of a call that the other
 * side did not live to answer, or that could not even be sent.
 */
export function openChannel(
  socket: Socket,
  end: ChannelEnd,
  lost: (sent: boolean) => CareenError,
): Channel {
  const connection = createMessageConnection(new SocketMessageReader(socket), new Writer(socket));
  let ended = false;
  let tell: () => void;
  const closed = new Promise<void>((resolve) => (tell = resolve));
  const close = () => {
    if (ended) return;
    ended = true;
    connection.dispose();
    socket.destroySoon();
    tell();
  };

  connection.onRequest(async (name, params) => {
    try {
      return await end.answer(name, unwrap(params));
    } catch (e) {
      const { code, details } = toCareenError(e);
      return new ResponseError(applicationError, code, { code, details });
    }
  });
  connection.onNotification((name, params) => end.noticed(name, unwrap(params)));
  connection.onClose(close);
  connection.onError(close);
  connection.listen();

  return {
    closed,
    close,
    async call(name, params) {
      if (ended) throw lost(false);
      try {
        return await connection.sendRequest(name, { params });
      } catch (e) {
        throw received(e) ?? lost(true);
      }
    },
    notify(name, params) {
      if (!ended) connection.sendNotification(name, { params }).catch(close);
    },
  };
}

/** Parameters travel inside an object, since JSON-RPC takes arrays for positional ones. */
function unwrap(params: unknown): unknown {
  return typeof params === 'object' && params !== null && 'params' in params
    ? params.params
    : undefined;
}

function received(e: unknown): CareenError | null {
  if (!(e instanceof ResponseError)) return null;
  const wire = wireError.safeParse(e.data);
  if (!wire.success) return null;
  const { code, details } = wire.data;
  if (!isErrorCode(code)) return new CareenError('internal', { message: code }, { cause: e });
  const parsed = errorDetails()[code].safeParse(details);
  if (!parsed.success) return new CareenError('internal', { message: code }, { cause: e });
  return new CareenError(code, parsed.data, { cause: e });
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorDetails(), code);
}

import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream';

/** Which of a container's two streams a piece of its output is of; a terminal has one. */
export type Channel = 'stdout' | 'stderr';

const headerLength = 8;

/**
 * Reads a container's output to its end. Without a terminal it comes in frames: a byte for the
 * stream, three of nothing, four for the length (Docker's API, `ContainerAttach`). docker-modem's own
 * reader calls itself once a frame, which a log of short lines takes past the end of the stack.
 *
 * @param tty whether the container has a terminal: then the output comes as it is
 * @throws what the stream fails with
 */
export function readOutput(
  stream: IncomingMessage,
  tty: boolean,
  act: (data: Buffer, channel: Channel) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let rest: Buffer = Buffer.alloc(0);
    stream.on('data', (chunk: Buffer) => {
      if (tty) act(chunk, 'stdout');
      else rest = framesOf(rest.length === 0 ? chunk : Buffer.concat([rest, chunk]), act);
    });
    finished(stream, { writable: false }, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

/** Hands on every whole frame; gives the bytes of one that is not whole yet. */
function framesOf(data: Buffer, act: (data: Buffer, channel: Channel) => void): Buffer {
  let at = 0;
  while (data.length - at >= headerLength) {
    const end = at + headerLength + data.readUInt32BE(at + 4);
    if (data.length < end) break;
    act(data.subarray(at + headerLength, end), data[at] === 2 ? 'stderr' : 'stdout');
    at = end;
  }
  return data.subarray(at);
}

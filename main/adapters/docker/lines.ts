import type { IncomingMessage } from 'node:http';

/** Calls with each line of a stream that is not empty, as it comes. */
export function readLines(stream: IncomingMessage, act: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') act(line);
  });
}

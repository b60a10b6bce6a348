import { readOutput } from './frames.js';
import { inPath } from './names.js';
import { hasStatus, type Requests } from './requests.js';
import { rawContainer } from './spec.js';
import { Tail } from './tail.js';

/** A log is read for what a person looks at, not kept. */
const mostLines = 1_000;

/**
 * The last lines that a container wrote to both streams, oldest first and made safe. Empty where it
 * is gone, never ran, or its log driver keeps nothing that could be read.
 *
 * @throws CareenError as of `Requests`
 */
export async function logTail(requests: Requests, id: string, lines: number): Promise<string[]> {
  const container = await rawContainer(requests, id);
  if (!container) return [];
  const most = Math.min(lines, mostLines);
  const query = { stdout: 1, stderr: 1, tail: most };
  const tail = new Tail(most);
  try {
    await requests.read({ path: `/containers/${inPath(id)}/logs`, query }, (stream) =>
      readOutput(stream, container.Config.Tty === true, (data, from) => tail.add(data, from)),
    );
  } catch (e) {
    // 501: the driver does not support reading.
    if (hasStatus(e, 404, 501)) return [];
    throw e;
  }
  return tail.lines();
}

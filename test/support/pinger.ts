import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Pings in a thread of its own, so that nothing that this one does is taken for the engine's. */
const thread = `
const { parentPort, workerData } = require('node:worker_threads');
const { Agent, request } = require('node:http');
const { performance } = require('node:perf_hooks');
const agent = new Agent({ keepAlive: true });
const times = [];
function ping() {
  const from = performance.now();
  const call = request({ socketPath: workerData.socket, path: '/_ping', agent }, (answer) => {
    answer.resume();
    answer.on('end', () => times.push(performance.now() - from));
  });
  call.on('error', (error) => { throw error; });
  call.end();
}
const timer = setInterval(ping, workerData.every);
parentPort.once('message', () => {
  clearInterval(timer);
  parentPort.postMessage(times);
  agent.destroy();
});
`;

/** Pings an engine every `every` ms for as long as `work` takes; gives each answer's ms. */
export async function pingsBeside(
  socket: string,
  every: number,
  work: () => Promise<unknown>,
): Promise<number[]> {
  const worker = new Worker(thread, { eval: true, workerData: { socket, every } });
  const failed = once(worker, 'error').then(([error]) => Promise.reject(error as Error));
  await Promise.race([once(worker, 'online'), failed]);
  try {
    await Promise.race([work(), failed]);
    const told = once(worker, 'message');
    worker.postMessage('end');
    const [times] = (await Promise.race([told, failed])) as [number[]];
    return times;
  } finally {
    await worker.terminate();
  }
}

/** The value below which that share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

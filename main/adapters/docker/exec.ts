import { setTimeout as later } from 'node:timers/promises';
import { z } from 'zod';
import { CareenError } from '../../domain/errors.js';
import { readOutput } from './frames.js';
import { inPath } from './names.js';
import type { Requests } from './requests.js';
import { Tail } from './tail.js';

const created = z.looseObject({ Id: z.string() });
const inspected = z.looseObject({ Running: z.boolean(), ExitCode: z.number().nullish() });

/** Lines of its output that are kept. */
const lines = 100;

/** Milliseconds between the end of the output and what the engine makes of it. */
const settling = 5_000;
const lookAgain = 20;

export interface ExecOptions {
  /** Milliseconds to wait for it. */
  timeout: number;
  signal: AbortSignal;
}

/**
 * Runs a command in a running container, as the container's own user, without a terminal and never
 * privileged. The engine knows no way to end it: past the timeout it runs on, and nobody waits.
 *
 * @returns `exitCode`: null where it had not ended in time. `output`: the end of both streams
 * @throws CareenError `engine-error` 404 or 409 where it is gone, not running or paused;
 *   `run-cancelled` when aborted
 */
export async function exec(
  requests: Requests,
  container: string,
  command: readonly string[],
  { timeout, signal }: ExecOptions,
): Promise<{ exitCode: number | null; output: string }> {
  const tail = new Tail(lines);
  const late = AbortSignal.timeout(timeout);
  try {
    const { Id: id } = await requests.get(created, {
      method: 'POST',
      path: `/containers/${inPath(container)}/exec`,
      body: {
        AttachStdout: true,
        AttachStderr: true,
        Tty: false,
        Privileged: false,
        Cmd: command,
      },
      signal,
    });
    await outputOf(requests, id, tail, { timeout, signal }, late);
    const exitCode = await exitCodeOf(requests, id, signal, late.aborted ? 0 : settling);
    return { exitCode, output: tail.lines().join('\n') };
  } catch (e) {
    if (signal.aborted) throw new CareenError('run-cancelled', {}, { cause: e });
    throw e;
  }
}

async function outputOf(
  requests: Requests,
  id: string,
  tail: Tail,
  { timeout, signal }: ExecOptions,
  late: AbortSignal,
): Promise<void> {
  try {
    await requests.read(
      {
        method: 'POST',
        path: `/exec/${inPath(id)}/start`,
        body: { Detach: false, Tty: false },
        deadline: timeout + settling,
        signal: AbortSignal.any([signal, late]),
      },
      (stream) => readOutput(stream, false, (data, from) => tail.add(data, from)),
    );
  } catch (e) {
    if (signal.aborted || !late.aborted) throw e;
  }
}

/** The output ends a moment before the engine has noted the end; what it left behind may hold it open. */
async function exitCodeOf(
  requests: Requests,
  id: string,
  signal: AbortSignal,
  patience: number,
): Promise<number | null> {
  for (let left = patience; ; left -= lookAgain) {
    const call = { path: `/exec/${inPath(id)}/json`, signal };
    const { Running: running, ExitCode: code } = await requests.get(inspected, call);
    if (!running && code != null) return code;
    if (left <= 0) return null;
    await later(lookAgain, undefined, { signal });
  }
}

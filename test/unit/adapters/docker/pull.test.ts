import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LayerProgress } from '../../../../main/adapters/docker/container-acts.js';
import { engineFailure } from '../../../../main/adapters/docker/failures.js';
import { pull } from '../../../../main/adapters/docker/pull.js';
import type { Call, Requests } from '../../../../main/adapters/docker/requests.js';
import { CareenError } from '../../../../main/domain/errors.js';

/** Requests whose only answer is this stream, as it is written to; ended, it breaks as Node's does. */
function answering(stream: PassThrough, asked: Call[] = []): Requests {
  const end = () => stream.destroy(Object.assign(new Error('aborted'), { code: 'ABORT_ERR' }));
  return {
    url: 'unix:///test',
    failure: (e: unknown) => engineFailure(e, 'unix:///test', 'connected'),
    stream: (call: Call) => {
      asked.push(call);
      call.signal?.addEventListener('abort', end);
      return Promise.resolve({ stream, end });
    },
  } as unknown as Requests;
}

describe('a pull', () => {
  const options = { auth: null, signal: new AbortController().signal };
  let stream: PassThrough;
  beforeEach(() => {
    vi.useFakeTimers();
    stream = new PassThrough();
  });
  afterEach(() => vi.useRealTimers());

  it('tells of layers, however its lines are cut, and not of the tag', async () => {
    const told: LayerProgress[] = [];
    const done = pull(answering(stream), 'web:1', { ...options, onProgress: (w) => told.push(w) });
    await vi.advanceTimersByTimeAsync(0);
    stream.write('{"status":"Pulling from library/web","id":"1"}\r\n{"status":"Down');
    stream.write('loading","id":"a\\u202eb","progressDetail":{"current":1,"total":2}}\r\n');
    stream.write(
      '{"status":"Pull complete","id":"ab","progressDetail":{}}\n{"status":"Digest: x"}\n',
    );
    stream.end();
    await done;
    expect(told).toEqual([
      { layer: 'a\ufffdb', status: 'Downloading', current: 1, total: 2 },
      { layer: 'ab', status: 'Pull complete', current: null, total: null },
    ]);
  });

  it.each([
    ['{"errorDetail":{"message":"manifest unknown"},"error":"x"}', 'manifest unknown'],
    ['{"error":"no space left on device"}', 'no space left on device'],
    ['<html>502</html>', '<html>502</html>'],
  ])('that failed in the middle of what it says fails: %s', async (line, message) => {
    const done = pull(answering(stream), 'web:1', options);
    stream.end(`${line}\n{"status":"Pull complete","id":"ab"}\n`);
    await expect(done).rejects.toMatchObject({
      code: 'pull-failed',
      details: { reference: 'web:1', message },
    });
  });

  it('of which nothing is heard any more is the registry’s failure, not the engine’s', async () => {
    const silent = { code: 'registry-silent', details: { registry: 'r.test:5000', seconds: 300 } };
    const done = expect(
      pull(answering(stream), 'r.test:5000/web:1', options),
    ).rejects.toMatchObject(silent);
    await vi.advanceTimersByTimeAsync(200_000);
    stream.write('{"status":"Downloading","id":"ab"}\n');
    await vi.advanceTimersByTimeAsync(299_000);
    expect(stream.destroyed).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    await done;
  });

  it('of which nothing was heard from the beginning is so, too', async () => {
    const requests = {
      at: { url: 'unix:///test' },
      stream: () =>
        Promise.reject(new CareenError('engine-silent', { endpoint: 'e', seconds: 120 })),
    } as unknown as Requests;
    await expect(pull(requests, 'web:1', options)).rejects.toMatchObject({
      code: 'registry-silent',
      details: { registry: 'docker.io', seconds: 120 },
    });
  });

  it('is broken off, and told apart from an engine that went away', async () => {
    const abort = new AbortController();
    const done = pull(answering(stream), 'web:1', { ...options, signal: abort.signal });
    await vi.advanceTimersByTimeAsync(0);
    abort.abort();
    await expect(done).rejects.toMatchObject({ code: 'run-cancelled' });
    const other = new PassThrough();
    const lost = pull(answering(other), 'web:1', options);
    await vi.advanceTimersByTimeAsync(0);
    other.destroy();
    await expect(lost).rejects.toMatchObject({ code: 'engine-lost' });
  });

  it('asks for one image: by digest where there is one, for its platform and with its credentials', async () => {
    const asked: Call[] = [];
    stream.end();
    const digest = `sha256:${'a'.repeat(64)}`;
    const more = { auth: 'abc', platform: 'linux/arm64' };
    await pull(answering(stream, asked), `r.test/web:1@${digest}`, { ...options, ...more });
    expect(asked).toMatchObject([
      {
        query: { fromImage: 'r.test/web', tag: digest, platform: 'linux/arm64' },
        headers: { 'X-Registry-Auth': 'abc' },
      },
    ]);
    await expect(pull(answering(stream), 'web', options)).rejects.toMatchObject({
      code: 'reference-invalid',
    });
  });
});

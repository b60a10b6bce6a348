import { describe, expect, it } from 'vitest';
import { distribution } from '../../../../main/adapters/docker/distribution.js';
import type { Requests } from '../../../../main/adapters/docker/requests.js';
import { CareenError } from '../../../../main/domain/errors.js';

const silent = new CareenError('engine-silent', { endpoint: 'unix:///a', seconds: 60 });

/** An engine that gives no answer about a registry, and one to a ping or none. */
const asked = (ping: () => Promise<string>) =>
  distribution(
    { get: () => Promise.reject(silent), text: ping } as unknown as Requests,
    'ghcr.io/acme/web:1',
    null,
  );

describe('an engine that is asked about a registry and does not answer', () => {
  it('tells of the registry where it answers itself meanwhile', async () => {
    await expect(asked(() => Promise.resolve('OK'))).rejects.toMatchObject({
      code: 'registry-silent',
      details: { registry: 'ghcr.io', seconds: 60 },
    });
  });

  it('is silent where it answers nothing', async () => {
    await expect(asked(() => Promise.reject(silent))).rejects.toBe(silent);
  });
});

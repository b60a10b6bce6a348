import { describe, expect, it } from 'vitest';
import type { DockerEngine } from '../../../main/adapters/docker/types.js';
import { CareenError } from '../../../main/domain/errors.js';
import { LeftBehind } from '../../../main/services/updater/left-behind.js';
import type { Versions } from '../../../main/services/versions/index.js';

const endpoint = 'unix:///run/docker.sock';

/** Two versions that were gone back from; of the first telling fails with this. */
function stage(failure: CareenError) {
  let left = ['service', 'container'].map((container) => {
    return { container, version: 'sha256:2', at: 1 };
  });
  const heard: string[] = [];
  const ground = {
    engine: () => ({}) as DockerEngine,
    inventory: () => Promise.resolve({} as never),
    rolledBack: (container: string) => {
      heard.push(container);
      return container === 'service' ? Promise.reject(failure) : Promise.resolve();
    },
  };
  const current = {
    leftBehind: () => left,
    told: (container: string) => {
      left = left.filter((one) => one.container !== container);
      return Promise.resolve();
    },
  };
  const telling = new LeftBehind(ground, { current } as unknown as Versions);
  return { telling, heard, left: () => left.map(({ container }) => container) };
}

describe('versions that were gone back from', () => {
  it('are told all the same where no manager tells of one of them, which is told later', async () => {
    const { telling, heard, left } = stage(new CareenError('swarm-silent', { endpoint }));
    await telling.tell();
    expect(heard).toEqual(['service', 'container']);
    expect(left()).toEqual(['service']);
  });

  it('of a container that is gone need not be told', async () => {
    const { telling, left } = stage(new CareenError('container-unknown', { container: 'service' }));
    await telling.tell();
    expect(left()).toEqual([]);
  });

  it('stay as they are where telling fails otherwise', async () => {
    const { telling, left } = stage(new CareenError('service-changed', { service: 'service' }));
    await expect(telling.tell()).rejects.toMatchObject({ code: 'service-changed' });
    expect(left()).toEqual(['service', 'container']);
  });
});

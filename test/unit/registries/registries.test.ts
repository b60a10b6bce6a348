import { describe, expect, it } from 'vitest';
import type { RegistryAsked } from '../../../main/adapters/registry/types.js';
import { CareenError } from '../../../main/domain/errors.js';
import type { ImageFacts } from '../../../main/domain/facts.js';
import { Registries } from '../../../main/services/registries.js';

type From = ConstructorParameters<typeof Registries>[0];
const image = (refs: string[], origin: ImageFacts['origin'] = 'pulled', digests: string[] = []) =>
  ({ refs, digests, origin }) as unknown as ImageFacts;
const refused = new CareenError('registry-auth', {
  registry: 'ghcr.io',
  repository: 'acme/web',
  why: 'not-signed-in',
});
const silent = new CareenError('registry-silent', { registry: 'quay.io', seconds: 10 });
const asked = (registry: string, at: number, as: RegistryAsked['as'], error = null) => ({
  registry,
  at,
  as,
  error,
});

function seen(known: {
  images?: ImageFacts[];
  asked?: RegistryAsked[];
  checked?: ReturnType<From['checker']['asked']>;
  found?: Record<string, 'config' | 'nowhere'>;
}) {
  return new Registries({
    judging: { current: { inventory: { images: known.images ?? [] } } },
    checker: { asked: () => known.checked ?? [] },
    registry: { asked: () => known.asked ?? [] },
    credentials: {
      found: (name) => {
        const from = known.found?.[name];
        return from === undefined ? null : { from, helper: null };
      },
      looked: { config: '/home/ada/.docker/config.json', helpers: ['/usr/bin'] },
    },
  }).seen();
}

describe('registries seen', () => {
  it('are those of images that were not built here, each image counted once', () => {
    const { registries } = seen({
      images: [
        image(['postgres:16', 'ghcr.io/acme/db:1'], 'pulled', [
          'postgres@sha256:' + '0'.repeat(64),
        ]),
        image(['redis:7']),
        image(['shop:dev', 'registry.acme.test/shop:dev'], 'built'),
      ],
    });
    expect(registries.map(({ registry, images }) => [registry, images])).toEqual([
      ['docker.io', 2],
      ['ghcr.io', 1],
    ]);
    expect(registries[0]).toMatchObject({ access: 'unknown', at: null, credentials: null });
  });

  it('tell how they were asked last', () => {
    const { registries } = seen({
      asked: [
        asked('docker.io', 5, 'anonymous'),
        { ...asked('ghcr.io', 6, 'signed-in'), error: refused },
        { ...asked('quay.io', 7, null), error: silent },
        asked('registry.acme.test', 8, 'signed-in'),
      ],
      found: { 'docker.io': 'nowhere', 'registry.acme.test': 'config' },
    });
    expect(registries.map(({ registry, access }) => [registry, access])).toEqual([
      ['docker.io', 'anonymous'],
      ['ghcr.io', 'refused'],
      ['quay.io', 'unknown'],
      ['registry.acme.test', 'signed-in'],
    ]);
    expect(registries[2]).toMatchObject({ at: 7, error: { code: 'registry-silent' } });
    expect(registries[3]).toMatchObject({ credentials: { from: 'config' }, error: null });
  });

  it('remember what checks before this start met, the latest of each', () => {
    const { registries } = seen({
      checked: [
        { name: 'ghcr.io/acme/web:1', at: 3, error: null },
        { name: 'ghcr.io/acme/api:1', at: 4, error: { code: 'registry-auth', details: {} } },
        { name: 'ghcr.io/acme/db', at: 2, error: null },
        { name: 'docker.io/library/postgres:16', at: 9, error: null },
      ],
      asked: [asked('docker.io', 10, 'anonymous')],
    });
    expect(registries).toMatchObject([
      { registry: 'docker.io', at: 10, access: 'anonymous' },
      { registry: 'ghcr.io', at: 4, access: 'refused' },
    ]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choose } from '../../../../main/adapters/registry/platform.js';

/** Candidates named by what they are for: `linux/arm/v7`; `-` says nothing of it. */
const of = (...names: string[]) =>
  names.map((name) => {
    const [os = '', architecture = '', variant = ''] = name.split('/');
    return { name, platform: name === '-' ? null : { os, architecture, variant } };
  });

const attestation = 'unknown/unknown';

describe('an image for a platform', () => {
  it.each([
    ['linux/amd64', ['linux/arm64', 'linux/amd64', attestation], 'linux/amd64'],
    ['linux/x86_64', ['linux/amd64/v1'], 'linux/amd64/v1'],
    ['linux/amd64', ['linux/amd64/v2', 'linux/386'], 'linux/386'],
    ['linux/amd64/v3', ['linux/amd64', 'linux/amd64/v2', 'linux/amd64/v4'], 'linux/amd64/v2'],
    ['linux/arm64', ['linux/arm/v7', 'linux/arm64/v8'], 'linux/arm64/v8'],
    ['linux/arm64/v8', ['linux/arm64'], 'linux/arm64'],
    ['linux/arm64', ['linux/arm/v6', 'linux/arm/v7'], 'linux/arm/v7'],
    ['linux/arm64/v9', ['linux/arm64'], 'linux/arm64'],
    ['linux/aarch64', ['linux/arm64'], 'linux/arm64'],
    ['linux/arm', ['linux/arm/v6', 'linux/arm/7'], 'linux/arm/7'],
    ['linux/arm/v6', ['linux/arm/v7', 'linux/arm/v5'], 'linux/arm/v5'],
    ['linux/armhf', ['linux/arm/v7'], 'linux/arm/v7'],
    ['linux/armel', ['linux/arm/v7', 'linux/arm/v6'], 'linux/arm/v6'],
    ['linux/riscv64', ['linux/amd64', 'linux/riscv64'], 'linux/riscv64'],
    ['linux/amd64', ['linux/amd64', 'linux/amd64'], 'linux/amd64'],
    ['linux/s390x', ['linux/amd64', '-'], '-'],
    ['linux/amd64', ['windows/amd64', 'linux/arm64', attestation], null],
    ['linux/386', ['linux/amd64'], null],
    ['linux/amd64', [], null],
  ])('%s among %j is %s', (platform, candidates, chosen) => {
    expect(choose(of(...candidates), platform)?.name ?? null).toBe(chosen);
  });

  it('is never one for another system, nor an attestation', () => {
    const names = ['linux', 'windows', 'unknown'].flatMap((os) =>
      ['amd64', 'arm', 'arm64', '386', 'unknown'].flatMap((architecture) =>
        ['', '/v5', '/v7', '/v8'].map((variant) => `${os}/${architecture}${variant}`),
      ),
    );
    const some = fc.array(fc.constantFrom(...names));
    fc.assert(
      fc.property(
        some,
        fc.constantFrom('linux/amd64', 'linux/arm64', 'linux/arm/v6'),
        (all, wanted) => {
          const chosen = choose(of(...all), wanted);
          expect(chosen?.platform?.os ?? 'linux').toBe('linux');
          expect(chosen?.platform?.architecture).not.toBe('unknown');
          if (all.includes(wanted)) expect(chosen).not.toBeNull();
        },
      ),
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { ManifestHead, Pinned } from '../../../main/adapters/registry/types.js';
import { CareenError } from '../../../main/domain/errors.js';
import { Answers } from '../../../main/services/recoverability/answers.js';

const minute = 60_000;
const name = (n: number) => `ghcr.io/acme/app@sha256:${n.toString(16).padStart(64, '0')}`;

/** Answers of a registry that says this, with what it was asked and a clock. */
class Asking {
  now = 0;
  readonly asked: string[] = [];
  readonly answers: Answers;

  constructor(say: () => ManifestHead) {
    const headManifest = async ({ domain, path, digest }: Pinned) => {
      this.asked.push(`${domain}/${path}@${digest}`);
      return Promise.resolve(say());
    };
    this.answers = new Answers({ headManifest }, () => this.now);
  }
}

describe('what registries answer', () => {
  it('is asked once for each manifest, whoever wants to know', async () => {
    const one = new Asking(() => ({ found: false }));
    const wanted = [name(1), name(2), name(1), name(1)];
    const all = await Promise.all(wanted.map((n) => one.answers.of(n)));
    expect(all.map(({ found }) => found)).toEqual([false, false, false, false]);
    expect(one.asked).toEqual([name(1), name(2)]);
    one.now = 59 * minute;
    await one.answers.of(name(1));
    expect(one.asked).toHaveLength(2);
    one.now = 61 * minute;
    expect(await one.answers.of(name(1))).toMatchObject({ at: 61 * minute });
    expect(one.asked).toHaveLength(3);
  });

  it.each([
    ['registry-unreachable', 1, { registry: 'ghcr.io', why: 'ENOTFOUND' }],
    ['registry-auth', 10, { registry: 'ghcr.io', repository: 'acme/app', why: 'refused' }],
  ] as const)('is asked again after it failed by %s, %d min later', async (code, wait, details) => {
    const one = new Asking(() => {
      throw new CareenError(code, details);
    });
    expect(await one.answers.of(name(1))).toMatchObject({ found: null, error: { code } });
    one.now = wait * minute - 1;
    await one.answers.of(name(1));
    expect(one.asked).toHaveLength(1);
    one.now = wait * minute;
    await one.answers.of(name(1));
    expect(one.asked).toHaveLength(2);
  });

  it('is a failure for what names no manifest', async () => {
    const one = new Asking(() => ({ found: false }));
    const { error } = await one.answers.of('ghcr.io/acme/app:1');
    expect([error?.code, one.asked]).toEqual(['reference-invalid', []]);
  });
});

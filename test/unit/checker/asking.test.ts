import { describe, expect, it } from 'vitest';
import { CareenError } from '../../../main/domain/errors.js';
import { parseReference } from '../../../main/domain/reference.js';
import { Asking, type EngineWay, type Registry } from '../../../main/services/checker/asking.js';

const reference = parseReference('ghcr.io/acme/app:1');
const digest = `sha256:${'a'.repeat(64)}`;
const registry = 'ghcr.io';

const unreachable = new CareenError('registry-unreachable', { registry, why: 'ENOTFOUND' });
const refused = new CareenError('registry-auth', {
  registry,
  repository: 'acme/app',
  why: 'refused',
});

/** Asks a registry that says this, and then an engine that says that. */
async function digestBy(said: CareenError | string | null, engine: EngineWay | null) {
  const head = () => {
    if (said instanceof CareenError) return Promise.reject(said);
    if (said === null) return Promise.resolve({ found: false } as const);
    return Promise.resolve({ found: true, digest: said, mediaType: '', size: null } as const);
  };
  const asking = new Asking(
    { head } as unknown as Registry,
    () => engine,
    (name) => Promise.resolve(`credentials for ${name}`),
  );
  return asking.digest(reference).catch((e: unknown) => e);
}

/** An engine that keeps what it was asked. */
function engineThat(answer: () => Promise<string | null>) {
  const asked: (string | null)[][] = [];
  const distribution = async (name: string, auth: string | null) => {
    asked.push([name, auth]);
    const told = await answer();
    return told === null ? null : { digest: told };
  };
  return { asked, distribution };
}

describe('a registry', () => {
  it('is believed where it answers', async () => {
    const engine = engineThat(() => Promise.resolve(digest));
    expect(await digestBy(digest, engine)).toBe(digest);
    expect(await digestBy(null, engine)).toBeNull();
    expect(await digestBy(refused, engine)).toBe(refused);
    expect(engine.asked).toEqual([]);
  });

  it.each([
    unreachable,
    new CareenError('registry-tls', { registry, why: 'SELF_SIGNED_CERT_IN_CHAIN' }),
    new CareenError('registry-silent', { registry, seconds: 10 }),
  ])('that this host does not reach ($code) is asked by the engine', async (error) => {
    const engine = engineThat(() => Promise.resolve(digest));
    expect(await digestBy(error, engine)).toBe(digest);
    expect(engine.asked).toEqual([['ghcr.io/acme/app:1', 'credentials for ghcr.io/acme/app:1']]);
  });

  it('that the engine does not reach either is told as this host met it', async () => {
    const why = new CareenError('engine-error', { status: 500, message: 'no route' });
    expect(
      await digestBy(
        unreachable,
        engineThat(() => Promise.reject(why)),
      ),
    ).toBe(unreachable);
    // Engines that do not know the question say 404 as well: that is no sign that the tag is gone.
    expect(
      await digestBy(
        unreachable,
        engineThat(() => Promise.resolve(null)),
      ),
    ).toBe(unreachable);
    expect(await digestBy(unreachable, null)).toBe(unreachable);
  });

  it('does not hide a defect', async () => {
    const defect = new TypeError('a defect');
    expect(
      await digestBy(
        unreachable,
        engineThat(() => Promise.reject(defect)),
      ),
    ).toBe(defect);
  });
});

import { z } from 'zod';
import { CareenError, isCareenError } from '../../domain/errors.js';
import { registrySilence } from './failures.js';
import { inPath } from './names.js';
import { ping } from './ping.js';
import { hasStatus, type Requests } from './requests.js';
import { clean } from './text.js';

const answer = z.looseObject({
  Descriptor: z.looseObject({ digest: z.string() }),
  Platforms: z
    .array(z.looseObject({ architecture: z.string().nullish(), os: z.string().nullish() }))
    .nullish(),
});

/** What a registry has under a reference: its digest, and the platforms that it is for, in order. */
export interface Distribution {
  digest: string;
  platforms: { os: string; architecture: string }[];
}

/** The engine asks a registry, which may be slow. */
const deadline = 60_000;

/** For the engine's own sign of life, while a registry keeps it waiting. */
const alive = 10_000;

/**
 * What a reference leads to, as the engine's own registry client finds it.
 *
 * @param auth the value of `X-Registry-Auth`; null asks without credentials
 * @returns null where the registry does not have it
 * @throws CareenError `engine-error` with the registry's refusal, `registry-silent` where the engine
 *   itself answers meanwhile, `engine-unsupported` where it cannot be asked this (Podman); as of
 *   `Requests`
 */
export async function distribution(
  requests: Requests,
  reference: string,
  auth: string | null,
): Promise<Distribution | null> {
  const path = `/distribution/${inPath(reference)}/json`;
  const headers = auth === null ? {} : { headers: { 'X-Registry-Auth': auth } };
  try {
    const told = await requests.get(answer, { path, deadline, ...headers });
    return {
      digest: clean(told.Descriptor.digest),
      platforms: (told.Platforms ?? []).map(({ os, architecture }) => {
        return { os: clean(os ?? ''), architecture: clean(architecture ?? '') };
      }),
    };
  } catch (e) {
    if (isCareenError(e, 'engine-silent')) {
      await ping(requests, alive, true);
      throw registrySilence(reference, deadline);
    }
    if (!hasStatus(e, 404)) throw e;
    // An engine without this call answers 404 too, in its router's words.
    if (!/^(page )?not found\.?$/i.test(e.details.message)) return null;
    const found = 'GET /distribution';
    throw new CareenError('engine-unsupported', { endpoint: requests.url, found }, { cause: e });
  }
}

import { z } from 'zod';
import { CareenError } from '../../domain/errors.js';
import type { Address } from './address.js';
import { hostnameOf, isLoopback } from './address.js';
import { basicOf } from './basic.js';
import type { Challenge } from './challenge.js';
import { jsonOf } from './content.js';
import type { Answer, Question, Transport } from './transport.js';
import type { Credential } from './types.js';

const tokenAnswer = z.looseObject({
  token: z.string().nullish(),
  access_token: z.string().nullish(),
  expires_in: z.number().nullish(),
});

/** Seconds that a token is good for where its server does not say, and what is taken off for the way. */
const tokenLife = { standard: 60, margin: 10 };

/** What a token server gave: a token and the seconds it is good for, or its refusal by status. */
export type TokenAnswer = { token: string; seconds: number } | { refused: 401 | 403 };

/**
 * Gets a token of the server that a registry names (distribution's token specification), good for
 * pulling from one repository.
 *
 * @param heed told of the answer first; throws where it says "not now"
 * @returns null where the server stands where nothing may be sent to
 * @throws CareenError `registry-error`, `registry-unsupported`, and as the transport does
 */
export async function askForToken(
  { params }: Challenge,
  repository: string,
  credential: Credential | null,
  { address, transport, heed }: TokenWay,
): Promise<TokenAnswer | null> {
  const realm = realmOf(params['realm'] ?? '', address);
  if (!realm) return null;
  const answer = await transport.askAt(
    questionFor(realm, params['service'], repository, credential),
  );
  heed(answer);
  const { status } = answer;
  if (status === 401 || status === 403) return { refused: status };
  const registry = address.name;
  if (status !== 200)
    throw new CareenError('registry-error', { registry, status, message: realm.host });
  const { data } = tokenAnswer.safeParse(jsonOf(answer.body));
  const token = data?.token || data?.access_token || '';
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new CareenError('registry-unsupported', { registry, found: realm.host });
  const seconds = (data?.expires_in || tokenLife.standard) - tokenLife.margin;
  return { token, seconds: Math.max(seconds, 1) };
}

export interface TokenWay {
  address: Address;
  transport: Pick<Transport, 'askAt'>;
  heed: (answer: Answer) => void;
}

/**
 * The token server that a registry names: over TLS, or on this machine where the registry is too.
 * Nothing is sent to any other.
 */
function realmOf(text: string, address: Address): URL | null {
  if (!URL.canParse(text)) return null;
  const realm = new URL(text);
  if (realm.username !== '' || realm.password !== '') return null;
  if (realm.protocol === 'https:') return realm;
  const here = address.loopback && isLoopback(hostnameOf(realm.host));
  return realm.protocol === 'http:' && here ? realm : null;
}

function questionFor(
  realm: URL,
  service: string | undefined,
  repository: string,
  credential: Credential | null,
): Question {
  const wanted = {
    ...(service === undefined ? {} : { service }),
    scope: `repository:${repository}:pull`,
  };
  if (credential?.kind === 'identity')
    return {
      method: 'POST',
      url: realm,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        ...wanted,
        grant_type: 'refresh_token',
        client_id: 'careen',
        refresh_token: credential.token,
      }).toString(),
    };
  const url = new URL(realm);
  for (const [name, value] of Object.entries(wanted)) url.searchParams.set(name, value);
  const headers: Record<string, string> =
    credential?.kind === 'password' ? { authorization: basicOf(credential) } : {};
  return { method: 'GET', url, headers };
}

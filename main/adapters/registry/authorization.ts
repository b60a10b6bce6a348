import { z } from 'zod';
import { CareenError } from '../../domain/errors.js';
import type { Millis } from '../../domain/facts.js';
import type { Address } from './address.js';
import { hostnameOf, isLoopback } from './address.js';
import { type Challenge, parseChallenges } from './challenge.js';
import type { Answer, Question, Transport } from './transport.js';
import type { Credential, CredentialSource } from './types.js';

const tokenAnswer = z.looseObject({
  token: z.string().nullish(),
  access_token: z.string().nullish(),
  expires_in: z.number().nullish(),
});

/** Seconds that a token is good for where its server does not say, and what is taken off for the way. */
const tokenLife = { standard: 60, margin: 10 };

/** What goes with a question, and with which credentials it was had. */
interface Pass {
  authorization: string;
  credential: Credential | null;
  until: Millis;
}

/**
 * Says to one registry who one is: Basic, or a token of the server that it names (distribution's token
 * specification). Credentials go over TLS that was verified, or stay on this machine.
 */
export class Authorization {
  /** Basic, and a registry's own token, are for all repositories. */
  #general: Pass | null = null;
  readonly #tokens = new Map<string, Promise<Pass>>();
  /** Not sent again: enough wrong passwords lock an account. */
  readonly #wrong = new WeakSet<Credential>();

  constructor(
    private readonly address: Address,
    private readonly transport: Transport,
    private readonly credentials: CredentialSource,
    private readonly now: () => Millis,
  ) {}

  /** What is known to open this repository, else null: ask without and see. */
  async passFor(repository: string): Promise<Pass | null> {
    if (this.#general) return this.#general;
    const pass = await this.#tokens.get(repository)?.catch(() => null);
    return pass && pass.until > this.now() ? pass : null;
  }

  /**
   * What may open a repository that a registry refused.
   *
   * @param tried what it was refused with
   * @throws CareenError `registry-auth`, of credentials and of the way to the token server
   */
  async passAfter(repository: string, refused: Answer, tried: Pass | null): Promise<Pass> {
    if (tried && tried === this.#general) this.#general = null;
    const before = this.#tokens.get(repository);
    const known = await before?.catch(() => null);
    if (known && known !== tried && known.until > this.now()) return known;
    // Somebody else may have begun to ask in between.
    const begun = this.#tokens.get(repository);
    if (begun && begun !== before) return begun;
    const asked = this.#ask(repository, challengesOf(refused));
    this.#tokens.set(repository, asked);
    asked.catch(() => this.#tokens.delete(repository));
    const pass = await asked;
    if (pass.until === Infinity) this.#general = pass;
    return pass;
  }

  /** Why a registry does not open a repository though it was told who asks. */
  refusal(repository: string, { status }: Answer, pass: Pass | null): CareenError {
    if (pass?.credential && pass.until === Infinity && status === 401)
      this.#wrong.add(pass.credential);
    return this.#denied(repository, pass?.credential ? 'refused' : 'not-signed-in');
  }

  async #ask(repository: string, challenges: readonly Challenge[]): Promise<Pass> {
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    const basic = challenges.find(({ scheme }) => scheme === 'basic');
    if (!bearer && !basic) throw this.#denied(repository, 'not-signed-in');
    const credential = await this.credentials.of(this.address.name);
    if (credential && !this.transport.isSafe) throw this.#denied(repository, 'unsafe');
    if (credential && this.#wrong.has(credential)) throw this.#denied(repository, 'refused');
    if (credential?.kind === 'registry') return general(`Bearer ${credential.token}`, credential);
    if (bearer) return this.#token(repository, bearer, credential);
    if (credential?.kind === 'password') return general(basicOf(credential), credential);
    throw this.#denied(repository, 'not-signed-in');
  }

  async #token(
    repository: string,
    { params }: Challenge,
    credential: Credential | null,
  ): Promise<Pass> {
    const realm = this.#realm(params['realm'] ?? '');
    if (!realm) throw this.#denied(repository, 'unsafe');
    const answer = await this.transport.askAt(
      tokenQuestion(realm, params['service'], repository, credential),
    );
    if (answer.status === 401 || answer.status === 403) {
      if (credential && answer.status === 401) this.#wrong.add(credential);
      throw this.#denied(repository, credential ? 'refused' : 'not-signed-in');
    }
    if (answer.status !== 200)
      throw new CareenError('registry-error', {
        registry: this.address.name,
        status: answer.status,
        message: realm.host,
      });
    const parsed = tokenAnswer.safeParse(jsonOf(answer.body));
    const token = parsed.data?.token ?? parsed.data?.access_token ?? '';
    if (!/^[\x21-\x7e]+$/.test(token))
      throw new CareenError('registry-unsupported', {
        registry: this.address.name,
        found: realm.host,
      });
    const seconds = (parsed.data?.expires_in ?? tokenLife.standard) - tokenLife.margin;
    return {
      authorization: `Bearer ${token}`,
      credential,
      until: this.now() + Math.max(seconds, 1) * 1000,
    };
  }

  /**
   * The token server that a registry names: over TLS, or on this machine where the registry is too.
   * Nothing is sent to any other.
   */
  #realm(text: string): URL | null {
    if (!URL.canParse(text)) return null;
    const realm = new URL(text);
    if (realm.username !== '' || realm.password !== '') return null;
    if (realm.protocol === 'https:') return realm;
    const here = this.address.loopback && isLoopback(hostnameOf(realm.host));
    return realm.protocol === 'http:' && here ? realm : null;
  }

  #denied(repository: string, why: 'not-signed-in' | 'refused' | 'unsafe'): CareenError {
    return new CareenError('registry-auth', { registry: this.address.name, repository, why });
  }
}

const general = (authorization: string, credential: Credential): Pass => ({
  authorization,
  credential,
  until: Infinity,
});

function basicOf({ username, password }: Credential & { kind: 'password' }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function tokenQuestion(
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

function challengesOf({ headers }: Answer): Challenge[] {
  const header = headers['www-authenticate'];
  return [header ?? []].flat().flatMap(parseChallenges);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

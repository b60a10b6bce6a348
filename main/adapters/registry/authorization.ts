import { CareenError } from '../../domain/errors.js';
import type { Millis } from '../../domain/facts.js';
import { basicOf } from './basic.js';
import { type Challenge, parseChallenges } from './challenge.js';
import { askForToken, type TokenWay } from './token.js';
import type { Answer, Transport } from './transport.js';
import type { Credential, CredentialSource } from './types.js';

/** What goes with a question, and with which credentials it was had. */
interface Pass {
  authorization: string;
  credential: Credential | null;
  until: Millis;
}

/**
 * Says to one registry who one is: Basic, or a token. Credentials go over TLS that was verified, or
 * stay on this machine.
 */
export class Authorization {
  /** How the registry wants to be told who asks; empty where it did not say. */
  #challenges: readonly Challenge[] = [];
  /** Basic, and a registry's own token, are for all repositories. */
  #general: Pass | null = null;
  /** By repository: asked for once by however many. */
  readonly #passes = new Map<string, Promise<Pass | null>>();
  /** Not sent again: enough wrong passwords lock an account. */
  readonly #wrong = new WeakSet<Credential>();

  constructor(
    private readonly way: TokenWay & { transport: Pick<Transport, 'isSafe'> },
    private readonly credentials: CredentialSource,
    private readonly now: () => Millis,
  ) {}

  /**
   * Takes in how the registry wants to be told who asks, from what it said at its door.
   *
   * @returns what would open all repositories alike, to be tried there; null where there is no such thing
   * @throws CareenError of credentials
   */
  async learn(answer: Answer): Promise<Pass | null> {
    if (answer.status !== 401) return null;
    this.#challenges = challengesOf(answer);
    const credential = await this.#credential(this.#challenges);
    if (!credential || !this.way.transport.isSafe || this.#wrong.has(credential)) return null;
    return generalPass(credential, this.#challenges);
  }

  /** Takes in what the registry said at its door to what `learn` gave. */
  tried(pass: Pass, { status }: Answer): void {
    if (status !== 401) this.#general = pass;
    else if (pass.credential) this.#wrong.add(pass.credential);
  }

  /**
   * What opens this repository by what the registry said at its door; null: ask without and see.
   *
   * @throws CareenError `registry-auth`, of credentials and of the way to the token server
   */
  passFor(repository: string): Promise<Pass | null> {
    return this.#pass(repository, null, this.#challenges);
  }

  /**
   * What may open a repository that a registry refused.
   *
   * @param tried what it was refused with
   * @throws CareenError as `passFor`, where there is nothing to be said as well
   */
  async passAfter(repository: string, refused: Answer, tried: Pass | null): Promise<Pass> {
    if (tried && tried === this.#general) this.#general = null;
    if (tried?.credential && tried.until === Infinity) this.#wrong.add(tried.credential);
    const pass = await this.#pass(repository, tried, challengesOf(refused));
    if (!pass) throw this.#denied(repository, 'not-signed-in');
    return pass;
  }

  /** Why a registry does not open a repository though it was told who asks. */
  refusal(repository: string, { status }: Answer, pass: Pass | null): CareenError {
    if (pass?.credential && pass.until === Infinity && status === 401)
      this.#wrong.add(pass.credential);
    return this.#denied(repository, pass?.credential ? 'refused' : 'not-signed-in');
  }

  /** One that stands and was not refused, or a new one, asked for once by however many wait. */
  async #pass(
    repository: string,
    refused: Pass | null,
    challenges: readonly Challenge[],
  ): Promise<Pass | null> {
    if (this.#general) return this.#general;
    const before = this.#passes.get(repository);
    const known = await before?.catch(() => null);
    if (known && known !== refused && known.until > this.now()) return known;
    // Somebody else may have begun to ask in between.
    const begun = this.#passes.get(repository);
    if (begun && begun !== before) return begun;
    const asked = this.#ask(repository, challenges);
    this.#passes.set(repository, asked);
    asked.catch(() => {
      if (this.#passes.get(repository) === asked) this.#passes.delete(repository);
    });
    const pass = await asked;
    if (pass?.until === Infinity) this.#general = pass;
    return pass;
  }

  async #ask(repository: string, challenges: readonly Challenge[]): Promise<Pass | null> {
    const credential = await this.#credential(challenges);
    if (credential && !this.way.transport.isSafe) throw this.#denied(repository, 'unsafe');
    if (credential && this.#wrong.has(credential)) throw this.#denied(repository, 'refused');
    const pass = credential && generalPass(credential, challenges);
    if (pass) return pass;
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    return bearer ? this.#token(repository, bearer, credential) : null;
  }

  /** Not looked for where the registry does not want any. */
  async #credential(challenges: readonly Challenge[]): Promise<Credential | null> {
    const wanted = challenges.some(({ scheme }) => scheme === 'bearer' || scheme === 'basic');
    return wanted ? this.credentials.of(this.way.address.name) : null;
  }

  async #token(
    repository: string,
    bearer: Challenge,
    credential: Credential | null,
  ): Promise<Pass> {
    const answer = await askForToken(bearer, repository, credential, this.way);
    if (!answer) throw this.#denied(repository, 'unsafe');
    if ('refused' in answer) {
      if (credential && answer.refused === 401) this.#wrong.add(credential);
      throw this.#denied(repository, credential ? 'refused' : 'not-signed-in');
    }
    return {
      authorization: `Bearer ${answer.token}`,
      credential,
      until: this.now() + answer.seconds * 1000,
    };
  }

  #denied(repository: string, why: 'not-signed-in' | 'refused' | 'unsafe'): CareenError {
    return new CareenError('registry-auth', { registry: this.way.address.name, repository, why });
  }
}

/** What is sent for every repository; null where a token for each is wanted, or nothing is known. */
function generalPass(credential: Credential, challenges: readonly Challenge[]): Pass | null {
  const general = (authorization: string) => ({ authorization, credential, until: Infinity });
  if (credential.kind === 'registry') return general(`Bearer ${credential.token}`);
  const wantsToken = challenges.some(({ scheme }) => scheme === 'bearer');
  return credential.kind === 'password' && !wantsToken ? general(basicOf(credential)) : null;
}

function challengesOf({ headers }: Answer): Challenge[] {
  const header = headers['www-authenticate'];
  return [header ?? []].flat().flatMap(parseChallenges);
}

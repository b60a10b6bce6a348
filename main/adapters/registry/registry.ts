import PQueue from 'p-queue';
import { type CareenError, toCareenError } from '../../domain/errors.js';
import type { Millis } from '../../domain/facts.js';
import type { Address } from './address.js';
import { Authorization } from './authorization.js';
import { BackOff } from './back-off.js';
import { errorOf } from './content.js';
import type { Limits } from './limits.js';
import { type Answer, type Question, Transport } from './transport.js';
import type { CredentialSource, RegistryAsked, RegistryHost, RegistryPatience } from './types.js';

/** Questions to one registry at a time. */
const atOnce = 4;

/** Where a registry says how it wants to be told who asks (OCI distribution spec, end-1). */
const door = '/v2/';

/** One registry: what is said to it takes one queue, and one way. */
export class Registry {
  readonly #transport: Transport;
  readonly #authorization: Authorization;
  readonly #backOff: BackOff;
  readonly #queue = new PQueue({ concurrency: atOnce });
  readonly #underWay = new Map<string, Promise<unknown>>();
  #atDoor: Promise<void> | null = null;
  #asked: RegistryAsked | null = null;

  constructor(
    private readonly address: Address,
    private readonly limits: Limits,
    private readonly parts: RegistryParts,
  ) {
    const { host, credentials, now, patience } = parts;
    this.#transport = new Transport(address, host, patience.question);
    this.#backOff = new BackOff(patience.leftAlone, now);
    const heed = (answer: Answer) => limits.heed(answer);
    this.#authorization = new Authorization(
      { address, transport: this.#transport, heed },
      credentials,
      now,
    );
  }

  /** As references call it. */
  get name(): string {
    return this.address.name;
  }

  /**
   * Asks about a repository, and says who asks where the registry wants to know. Gives answers below
   * 500 that are no refusal.
   *
   * @param path from the root, with its query
   * @throws CareenError `registry-auth`, `registry-limited`, `registry-error`, and as the transport and
   *   credentials do
   */
  ask(repository: string, path: string, question: Omit<Question, 'url'>): Promise<Answer> {
    return this.#queue.add(async () => {
      this.limits.refuse();
      const begun = this.#backOff.begin();
      try {
        await this.#knock();
        const answer = await this.#ask(repository, path, question);
        this.#backOff.answered();
        return answer;
      } catch (e) {
        const error = toCareenError(e);
        this.#note(this.#asked?.as ?? null, error);
        if (this.#backOff.failed(error, begun)) this.#transport.renew();
        throw error;
      }
    });
  }

  /** What `ask` gives, for everybody who wants the same while it is under way. */
  once<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const before = this.#underWay.get(key) as Promise<T> | undefined;
    if (before) return before;
    const asked = ask().finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, asked);
    return asked;
  }

  /** How it was asked last; null: not yet. */
  get asked(): RegistryAsked | null {
    return this.#asked;
  }

  /** What failed is tried at once; a limit still holds. */
  retryNow(): void {
    this.#backOff.lift();
  }

  /** Ends what is under way; later questions fail. */
  close(): Promise<void> {
    return this.#transport.close();
  }

  /**
   * Once, before the first question: so that none about an image is asked in vain, and a password that
   * may be wrong is said once, not by each of several.
   */
  #knock(): Promise<void> {
    this.#atDoor ??= this.#enter().catch((e: unknown) => {
      this.#atDoor = null;
      throw e;
    });
    return this.#atDoor;
  }

  async #enter(): Promise<void> {
    const answer = await this.#send(door, { method: 'GET', headers: {} });
    const pass = await this.#authorization.learn(answer);
    if (!pass) return;
    const headers = { authorization: pass.authorization };
    this.#authorization.tried(pass, await this.#send(door, { method: 'GET', headers }));
  }

  async #ask(repository: string, path: string, question: Omit<Question, 'url'>): Promise<Answer> {
    let pass = await this.#authorization.passFor(repository);
    const send = () => {
      const headers = { ...question.headers, ...(pass && { authorization: pass.authorization }) };
      return this.#send(path, { ...question, headers });
    };
    let answer = await send();
    if (answer.status === 401 && !answer.foreign) {
      pass = await this.#authorization.passAfter(repository, answer, pass);
      answer = await send();
    }
    if (answer.status === 401 || answer.status === 403)
      throw this.#authorization.refusal(repository, answer, pass);
    if (answer.status >= 500) throw errorOf(answer, this.name);
    this.#note(pass?.credential ? 'signed-in' : 'anonymous', null);
    return answer;
  }

  #note(as: RegistryAsked['as'], error: CareenError | null): void {
    this.#asked = { registry: this.name, at: this.parts.now(), as, error };
  }

  async #send(path: string, question: Omit<Question, 'url'>): Promise<Answer> {
    const answer = await this.#transport.ask(path, question);
    if (!answer.foreign) this.limits.note(answer);
    this.limits.heed(answer);
    return answer;
  }
}

/** What a registry is asked with; the same for all. */
export interface RegistryParts {
  host: RegistryHost;
  credentials: CredentialSource;
  now: () => Millis;
  patience: RegistryPatience;
}

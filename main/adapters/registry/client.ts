import PQueue from 'p-queue';
import { CareenError, type ErrorCode, toCareenError } from '../../domain/errors.js';
import type { Millis } from '../../domain/facts.js';
import { type Address, addressOf } from './address.js';
import { Authorization } from './authorization.js';
import { askAgainAt, isLimited, retryAfter } from './limits.js';
import { acceptManifests, manifestPath, readHead } from './manifest.js';
import { type Answer, type Question, Transport } from './transport.js';
import type { CredentialSource, ManifestHead, Pinned, RegistryHost } from './types.js';

/** Questions to one registry at a time. */
const atOnce = 4;

/** Milliseconds for which a registry that could not be reached is not tried again: many may ask. */
const leftAlone = 30_000;

/** What the way to a registry can fail by, whatever it is asked. */
const ofTheWay = new Set<ErrorCode>(['registry-unreachable', 'registry-silent', 'registry-tls']);

/** One registry: what is said to it takes one queue, and one way. */
class Registry {
  readonly transport: Transport;
  readonly #authorization: Authorization;
  readonly #queue = new PQueue({ concurrency: atOnce });
  #limitedUntil: Millis = 0;
  #failed: { until: Millis; error: CareenError } | null = null;

  constructor(
    private readonly address: Address,
    host: RegistryHost,
    credentials: CredentialSource,
    private readonly now: () => Millis,
  ) {
    this.transport = new Transport(address, host);
    this.#authorization = new Authorization(address, this.transport, credentials, now);
  }

  /**
   * Asks about a repository, and says who asks where the registry wants to know.
   *
   * @throws CareenError `registry-auth`, `registry-limited`, and as the transport and credentials do
   */
  ask(repository: string, path: string, question: Omit<Question, 'url'>): Promise<Answer> {
    return this.#queue.add(async () => {
      this.#refuseWhileLimited();
      if (this.#failed && this.#failed.until > this.now()) throw this.#failed.error;
      this.#failed = null;
      try {
        return await this.#ask(repository, path, question);
      } catch (e) {
        const error = toCareenError(e);
        if (ofTheWay.has(error.code)) this.#failed = { until: this.now() + leftAlone, error };
        throw error;
      }
    });
  }

  async #ask(repository: string, path: string, question: Omit<Question, 'url'>): Promise<Answer> {
    let pass = await this.#authorization.passFor(repository);
    const send = async () => {
      const headers = { ...question.headers, ...(pass && { authorization: pass.authorization }) };
      return this.#heeded(await this.transport.ask(path, { ...question, headers }));
    };
    let answer = await send();
    if (answer.status === 401 && !answer.foreign) {
      pass = await this.#authorization.passAfter(repository, answer, pass);
      answer = await send();
    }
    if (answer.status === 401 || answer.status === 403)
      throw this.#authorization.refusal(repository, answer, pass);
    return answer;
  }

  #refuseWhileLimited(): void {
    const left = this.#limitedUntil - this.now();
    if (left > 0) throw this.#tooMany(Math.ceil(left / 1000));
  }

  #heeded(answer: Answer): Answer {
    if (!isLimited(answer)) return answer;
    const now = this.now();
    const seconds = retryAfter(answer, now);
    this.#limitedUntil = askAgainAt(seconds, now);
    throw this.#tooMany(seconds);
  }

  #tooMany(seconds: number | null): CareenError {
    return new CareenError('registry-limited', {
      registry: this.address.name,
      retryAfter: seconds,
    });
  }
}

/** Asks registries, as the docker CLI of this machine would be let in. */
export class RegistryClient {
  readonly #registries = new Map<string, Registry>();
  #closed = false;

  constructor(
    private readonly host: RegistryHost,
    private readonly credentials: CredentialSource,
    /** What the engine at hand calls insecure: names as in references, and CIDRs. */
    private readonly insecure: () => readonly string[],
    private readonly now: () => Millis,
  ) {}

  /**
   * Whether a registry has this manifest: one HEAD, after whatever it takes to be let in.
   *
   * @throws CareenError `registry-unreachable`, `registry-silent`, `registry-tls`, `registry-auth`,
   *   `registry-limited`, `registry-error`, `registry-unsupported`, and as credentials do
   */
  async headManifest(reference: Pinned): Promise<ManifestHead> {
    const answer = await this.#registry(reference.domain).ask(
      reference.path,
      manifestPath(reference),
      { method: 'HEAD', headers: { accept: acceptManifests }, follow: true },
    );
    const head = readHead(answer, reference);
    if (head) return head;
    throw new CareenError('registry-error', {
      registry: reference.domain,
      status: answer.status,
      message: '',
    });
  }

  /** Ends what is under way; later questions fail. */
  async close(): Promise<void> {
    this.#closed = true;
    const all = [...this.#registries.values()];
    this.#registries.clear();
    await Promise.all(all.map((registry) => registry.transport.close()));
  }

  #registry(domain: string): Registry {
    if (this.#closed)
      throw new CareenError('registry-unreachable', { registry: domain, why: 'closed' });
    const address = addressOf(domain, this.insecure());
    // What is insecure to one engine is not so to another.
    const key = `${domain} ${address.insecure}`;
    const before = this.#registries.get(key);
    if (before) return before;
    const made = new Registry(address, this.host, this.credentials, this.now);
    this.#registries.set(key, made);
    return made;
  }
}

import type { Dispatcher } from 'undici';
import { CareenError, type ErrorDetails } from '../../domain/errors.js';
import type { Address } from './address.js';
import { isTimeout, speaksNoTls, wayFailure } from './failures.js';
import type { Headers } from './headers.js';
import type { RegistryHost } from './types.js';
import { Ways } from './ways.js';

const mostRedirects = 5;
const longestBody = 64 * 1024;

export interface Question {
  method: 'HEAD' | 'GET' | 'POST';
  url: URL;
  headers: Record<string, string>;
  /** A form, urlencoded. */
  body?: string;
  /** Leads further to other addresses; never with `authorization`. */
  follow?: boolean;
  /** Bytes: a longer answer is refused; without it, what comes after 64 KiB is not read. */
  longest?: number;
}

export interface Answer {
  status: number;
  headers: Headers;
  /** Empty for HEAD; of a failure's, what explains it. */
  body: Buffer;
  /** True where another host gave it: the registry led there. */
  foreign: boolean;
}

interface Deadline {
  signal: AbortSignal;
  /** Begun anew when an answer begins. */
  timer: NodeJS.Timeout;
}

/**
 * Asks one registry and what it names, by redirect or otherwise. No credentials go anywhere but where
 * they are addressed to.
 */
export class Transport {
  readonly #ways: Ways;
  #origin: URL | null = null;

  constructor(
    private readonly address: Address,
    host: RegistryHost,
    /** See `RegistryPatience.question`. */
    private readonly patience: number,
  ) {
    this.#ways = new Ways(address, host, patience);
  }

  /**
   * Where the registry answers. HTTPS; where that is not spoken and the registry is this machine's own
   * or called insecure by the engine, HTTP.
   */
  get origin(): URL {
    return this.#origin ?? new URL(`https://${this.address.host}`);
  }

  /** Whether nobody between can read or forge what goes to the registry. */
  get isSafe(): boolean {
    const verified = this.origin.protocol === 'https:' && !this.address.insecure;
    return verified || this.address.loopback;
  }

  /**
   * Asks the registry itself.
   *
   * @param path from the root, with its query
   * @throws CareenError `registry-unreachable`, `registry-silent`, `registry-tls`, `registry-invalid`
   */
  async ask(path: string, question: Omit<Question, 'url'>): Promise<Answer> {
    const known = this.#origin;
    const { origin } = this;
    try {
      const answer = await this.#send({ ...question, url: new URL(path, origin) });
      this.#origin = origin;
      return answer;
    } catch (e) {
      if (e instanceof CareenError) throw e;
      const { address } = this;
      if (this.#origin === known) this.#origin = null;
      if (known || !speaksNoTls(e) || !(address.loopback || address.insecure))
        throw this.#failed(e);
    }
    const plain = new URL(`http://${this.address.host}`);
    try {
      const answer = await this.#send({ ...question, url: new URL(path, plain) });
      this.#origin = plain;
      return answer;
    } catch (e) {
      throw this.#failed(e);
    }
  }

  /** Asks at another address, one that the registry named; failures as of `ask`. */
  async askAt(question: Question): Promise<Answer> {
    try {
      return await this.#send(question);
    } catch (e) {
      throw this.#failed(e);
    }
  }

  /** See `Ways.renew`. */
  renew(): void {
    this.#ways.renew();
  }

  /** Ends what is under way; later questions fail. */
  close(): Promise<void> {
    return this.#ways.close();
  }

  #failed(e: unknown): CareenError {
    return wayFailure(e, this.address.name, this.patience);
  }

  async #send(question: Question): Promise<Answer> {
    const late = new AbortController();
    const timer = setTimeout(
      () => late.abort(new DOMException('late', 'TimeoutError')),
      this.patience,
    );
    try {
      return await this.#follow(question, { signal: late.signal, timer });
    } finally {
      clearTimeout(timer);
    }
  }

  async #follow(question: Question, deadline: Deadline): Promise<Answer> {
    const { origin } = question.url;
    let { url } = question;
    let headers = question.headers;
    for (let hops = 0; hops <= mostRedirects; hops++) {
      const answer = await this.#once({ ...question, url, headers }, deadline);
      const { location } = answer.headers;
      const leads = answer.status >= 301 && answer.status <= 308 && typeof location === 'string';
      if (!question.follow || !leads) return { ...answer, foreign: url.origin !== origin };
      const next = URL.canParse(location, url) ? new URL(location, url) : null;
      if (!next || !this.#mayLeadTo(url, next)) break;
      // Once away, credentials do not come back either.
      if (next.origin !== url.origin) headers = withoutCredentials(headers);
      url = next;
    }
    throw this.#invalid('redirect');
  }

  /** Never from TLS to none. */
  #mayLeadTo(from: URL, to: URL): boolean {
    if (to.username !== '' || to.password !== '') return false;
    if (to.protocol === 'https:') return true;
    return to.protocol === 'http:' && from.protocol === 'http:';
  }

  async #once(question: Question, { signal, timer }: Deadline): Promise<Omit<Answer, 'foreign'>> {
    const asked = this.#request(question, signal);
    const answer = await Promise.race([asked, this.#over(signal, question.url.origin)]);
    timer.refresh();
    const body = await this.#read(answer, question.longest);
    return { status: answer.statusCode, headers: answer.headers, body };
  }

  async #request(question: Question, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const { url, method, headers, body } = question;
    const dispatcher = await this.#ways.to(url);
    return dispatcher.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method,
      headers: { 'user-agent': 'careen', ...headers },
      body: body ?? null,
      signal,
    });
  }

  async #read({ body, statusCode }: Dispatcher.ResponseData, most?: number): Promise<Buffer> {
    const longest = most ?? longestBody;
    const parts: Buffer[] = [];
    let length = 0;
    try {
      for await (const part of body as AsyncIterable<Buffer>) {
        length += part.length;
        if (length > longest) break;
        parts.push(part);
      }
    } catch (e) {
      if (isTimeout(e) || this.#ways.isClosed) throw e;
      throw this.#invalid('cut-off');
    }
    if (most !== undefined && length > most && statusCode === 200) throw this.#invalid('too-large');
    return Buffer.concat(parts);
  }

  #invalid(why: ErrorDetails['registry-invalid']['why']): CareenError {
    return new CareenError('registry-invalid', { registry: this.address.name, why });
  }

  /** Rejects when the time is over. */
  #over(signal: AbortSignal, origin: string): Promise<never> {
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        reject(signal.reason as Error);
        this.#ways.giveUp(origin);
      });
    });
  }
}

function withoutCredentials(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'authorization'));
}

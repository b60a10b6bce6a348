import type { IncomingMessage } from 'node:http';
import { finished, type Readable } from 'node:stream';
import Docker from 'dockerode';
import type { z } from 'zod';
import { CareenError, isCareenError } from '../../domain/errors.js';
import { engineFailure, parseAnswer, type Phase } from './failures.js';
import type { To, Way } from './way.js';

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Without API version and query. */
  path: string;
  query?: Record<string, string | number>;
  /** Sent as JSON, with a POST. */
  body?: object;
  /** Sent as it is, with a PUT: a tar. */
  content?: Readable | Buffer;
  /** Milliseconds until the whole answer must be there; default 30 s. */
  deadline?: number;
  /** Over a connection of its own, whoever is at work on the shared ones. */
  apart?: boolean;
  headers?: Record<string, string>;
  /** Ends the call, and a stream that came of it; it fails as one whose engine went away. */
  signal?: AbortSignal;
}

type Modem = Pick<Docker['modem'], 'dial'>;

const standardDeadline = 30_000;

/** Milliseconds: what may take longer would keep others from the few connections that are shared. */
const longestShared = 120_000;
const statusCodes = { 200: true, 201: true, 204: true };

/**
 * Calls to one endpoint, each with a deadline and with its failures typed. dockerode's own methods
 * hand on neither an abort signal nor every query, and never settle when the engine dies in the
 * middle of an answer; so its modem is called here directly, once for all.
 */
export class Requests {
  readonly #shared: Modem;
  readonly #own: Modem;
  readonly #open = new Set<AbortController>();
  #closed = false;

  constructor(
    readonly way: Way,
    private readonly phase: Phase,
    /** `1.45`; without one the engine takes its newest. */
    version: string | null,
  ) {
    this.#shared = modemOf(way.shared, version);
    this.#own = modemOf(way.own, version);
  }

  /** The endpoint that is called. */
  get url(): string {
    return this.way.url;
  }

  /** What went wrong on the way or at the engine, typed; once connected, a way that fails was lost. */
  failure(e: unknown): CareenError {
    const known = isOfWay(e) ? e : this.way.failure(e);
    if (known === null) return engineFailure(e, this.url, this.phase);
    if (this.phase === 'connecting') return known;
    return new CareenError('engine-lost', { endpoint: this.url }, { cause: known });
  }

  /**
   * The answer as JSON, undefined where it is empty.
   *
   * @throws CareenError `engine-silent`, `engine-permission`, `engine-refused` (connecting) or
   *   `engine-lost` (connected), `engine-error`, `engine-unsupported`
   */
  async json(call: Call): Promise<unknown> {
    const body = await this.text(call);
    if (body === '') return undefined;
    try {
      return JSON.parse(body) as unknown;
    } catch (e) {
      throw this.failure(e);
    }
  }

  /** The same, parsed by a schema; failures as of `json`. */
  async get<S extends z.ZodType>(schema: S, call: Call): Promise<z.output<S>> {
    return parseAnswer(schema, await this.json(call), this.url, `GET ${call.path}`);
  }

  /** The same, or null where the engine says 404. */
  async find<S extends z.ZodType>(schema: S, call: Call): Promise<z.output<S> | null> {
    try {
      return await this.get(schema, call);
    } catch (e) {
      if (hasStatus(e, 404)) return null;
      throw e;
    }
  }

  /** Whether something is there: false where the engine says 404. */
  async exists(path: string): Promise<boolean> {
    try {
      await this.text({ path });
      return true;
    } catch (e) {
      if (hasStatus(e, 404)) return false;
      throw e;
    }
  }

  /** The answer as text; failures as of `json`. */
  async text(call: Call): Promise<string> {
    return this.read(call, bodyOf);
  }

  /** The answer read by something else, all within the deadline; failures as of `json`. */
  async read<T>(call: Call, by: (stream: IncomingMessage) => Promise<T>): Promise<T> {
    return this.#within(call, async (controller) => {
      const isApart = call.apart === true || (call.deadline ?? 0) > longestShared;
      const modem = isApart ? this.#own : this.#shared;
      return by(await this.#dial(modem, call, controller));
    });
  }

  /**
   * An answer that goes on: resolves when its head is there, with the stream and what ends it. The
   * deadline is the head's alone.
   */
  async stream(call: Call): Promise<{ stream: IncomingMessage; end: () => void }> {
    const { stream, controller } = await this.#within(call, async (controller) => {
      return { controller, stream: await this.#dial(this.#own, call, controller) };
    });
    const end = () => controller.abort();
    this.#open.add(controller);
    call.signal?.addEventListener('abort', end);
    stream.once('close', () => {
      this.#open.delete(controller);
      call.signal?.removeEventListener('abort', end);
    });
    // Between the head and here it may have been ended already.
    if (call.signal?.aborted) end();
    return { stream, end };
  }

  /** Ends every call under way, and the way with them; later ones fail as `engine-lost`. */
  close(): void {
    this.#closed = true;
    for (const controller of this.#open) controller.abort();
    this.way.close();
  }

  async #within<T>(call: Call, work: (controller: AbortController) => Promise<T>): Promise<T> {
    if (this.#closed) throw new CareenError('engine-lost', { endpoint: this.url });
    const deadline = call.deadline ?? standardDeadline;
    const controller = new AbortController();
    this.#open.add(controller);
    const abort = () => controller.abort();
    call.signal?.addEventListener('abort', abort);
    if (call.signal?.aborted) abort();
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      controller.abort();
    }, deadline);
    try {
      return await work(controller);
    } catch (e) {
      if (late)
        throw new CareenError(
          'engine-silent',
          { endpoint: this.url, seconds: deadline / 1000 },
          { cause: e },
        );
      throw this.failure(e);
    } finally {
      clearTimeout(timer);
      call.signal?.removeEventListener('abort', abort);
      this.#open.delete(controller);
    }
  }

  #dial(modem: Modem, call: Call, controller: AbortController): Promise<IncomingMessage> {
    const { query = {}, body = {}, content } = call;
    const headers = { ...call.headers };
    if (!this.way.keepsSecrets) delete headers['X-Registry-Auth'];
    const options = {
      // The modem takes a query where the path says that there is one.
      path: call.query ? `${call.path}?` : call.path,
      method: call.method ?? 'GET',
      // Each told apart: the modem would send the one as the other, too. An empty body it leaves out.
      options: { _query: query, _body: body },
      ...(content ? { file: content } : {}),
      headers,
      isStream: true,
      abortSignal: controller.signal,
      statusCodes,
    };
    return new Promise((resolve, reject) => {
      modem.dial(options, (error: Error | null, answer: unknown) => {
        if (error) reject(error);
        else resolve(answer as IncomingMessage);
      });
    });
  }
}

/** By events, which cost a small answer less than iterating over its stream. */
function bodyOf(stream: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    finished(stream, { writable: false }, (error) => {
      if (error) reject(error);
      else resolve(Buffer.concat(chunks).toString('utf8'));
    });
  });
}

/** Whether a failure is the engine's own answer with that status. */
export function hasStatus(e: unknown, ...statuses: number[]): e is CareenError<'engine-error'> {
  return isCareenError(e, 'engine-error') && statuses.includes(e.details.status);
}

/** What the way's own sockets failed with. */
function isOfWay(e: unknown): e is CareenError {
  return isCareenError(e, 'ssh-failed');
}

/**
 * docker-modem merges DOCKER_HOST and what goes with it into explicit options, and fails on a
 * malformed one (FLEET, Contexts). While it is made, synchronously, the variable is not there, and
 * every option that it could fill in is told.
 */
function modemOf(to: To, version: string | null): Modem {
  const told = process.env['DOCKER_HOST'];
  delete process.env['DOCKER_HOST'];
  try {
    const options = {
      ...nothing,
      ...to,
      ...(version ? { version: `v${version}` } : {}),
    };
    return new Docker(options).modem;
  } finally {
    if (told !== undefined) process.env['DOCKER_HOST'] = told;
  }
}

const nothing = {
  socketPath: undefined,
  host: undefined,
  port: undefined,
  username: undefined,
  ca: undefined,
  cert: undefined,
  key: undefined,
  pathPrefix: undefined,
  timeout: undefined,
};

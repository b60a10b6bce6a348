import { EventEmitter } from 'node:events';
import PQueue from 'p-queue';
import { CareenError } from '../domain/errors.js';
import type { Millis } from '../domain/facts.js';
import { defaultPolicyText } from '../domain/policy/default.js';
import { addProtect, removeProtect } from '../domain/policy/edit/protect.js';
import type { Match } from '../domain/policy/match.js';
import { readPolicy } from '../domain/policy/read.js';
import type { Policy } from '../domain/policy/types.js';

/** A text file of the data home, read afresh and written atomically; the store's, handed in. */
export interface TextFile {
  readonly path: string;
  /** Null when there is no such file. */
  read(): Promise<string | null>;
  write(text: string): Promise<void>;
  /** Tells when somebody else changed it; gives a way to stop. */
  watch(changed: () => void): () => void;
}

/** A policy with the text that it was read from. */
export interface PolicyInForce {
  source: 'default' | 'file' | 'override';
  file: string;
  text: string;
  policy: Policy;
}

/** A policy given for one command (`--policy FILE`). */
export interface PolicyOverride {
  file: string;
  text: string;
}

export interface ProtectChange {
  file: string;
  changed: string[];
  unchanged: string[];
}

/** The policy of the data home: read when asked, edited with its comments kept (JUDGING §3, §4). */
export class Policies extends EventEmitter<{ changed: [] }> {
  #read: { text: string | null; result: PolicyInForce | CareenError } | null = null;
  /** One edit at a time: each begins with what the one before wrote. */
  readonly #edits = new PQueue({ concurrency: 1 });
  readonly #unwatch: () => void;

  constructor(private readonly file: TextFile) {
    super();
    this.#unwatch = file.watch(() => {
      this.#read = null;
      this.emit('changed');
    });
  }

  get path(): string {
    return this.file.path;
  }

  /** The policy in force, or the failure that keeps it from being one. */
  async current(): Promise<PolicyInForce | CareenError> {
    const text = await this.file.read();
    if (!this.#read || this.#read.text !== text) this.#read = { text, result: this.#parse(text) };
    return this.#read.result;
  }

  /** The policy in force or the one given; throws `policy-invalid`. */
  async required(override: PolicyOverride | null): Promise<PolicyInForce> {
    if (override) {
      const policy = readPolicy(override.file, override.text);
      return { source: 'override', ...override, policy };
    }
    const current = await this.current();
    if (current instanceof CareenError) throw current;
    return current;
  }

  /**
   * Protects references, or images by their ID, in the policy's `protect` list; the first edit
   * writes the default policy with it. Throws `reference-invalid`, `policy-invalid`.
   */
  async protect(
    matches: readonly Match[],
    until: Millis | null,
    note: string | null,
  ): Promise<ProtectChange> {
    return this.#edits.add(() =>
      this.#edit(matches, (text, { match }) => addProtect(text, { match, until, note })),
    );
  }

  /** Takes entries that name exactly these references or IDs out of `protect`. */
  async unprotect(matches: readonly Match[]): Promise<ProtectChange> {
    return this.#edits.add(() =>
      this.#edit(matches, (text, { match }) => removeProtect(text, match)),
    );
  }

  /** Writes the commented default; throws `policy-exists` rather than write over a file. */
  init(): Promise<string> {
    return this.#edits.add(async () => {
      const file = this.file.path;
      if ((await this.file.read()) !== null) throw new CareenError('policy-exists', { file });
      await this.file.write(defaultPolicyText);
      return file;
    });
  }

  close(): void {
    this.#unwatch();
  }

  async #edit(
    matches: readonly Match[],
    edit: (text: string, entry: Match) => string,
  ): Promise<ProtectChange> {
    const { text: before } = await this.required(null);
    let text = before;
    const change: ProtectChange = { file: this.file.path, changed: [], unchanged: [] };
    for (const entry of matches) {
      const next = edit(text, entry);
      (next === text ? change.unchanged : change.changed).push(entry.name);
      text = next;
    }
    if (text === before) return change;
    readPolicy(this.file.path, text);
    await this.file.write(text);
    this.#read = null;
    this.emit('changed');
    return change;
  }

  #parse(text: string | null): PolicyInForce | CareenError {
    const file = this.file.path;
    const source = text === null ? 'default' : 'file';
    try {
      const inForce = text ?? defaultPolicyText;
      return { source, file, text: inForce, policy: readPolicy(file, inForce) };
    } catch (e) {
      if (e instanceof CareenError) return e;
      throw e;
    }
  }
}

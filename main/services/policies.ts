import { EventEmitter } from 'node:events';
import PQueue from 'p-queue';
import { CareenError, isCareenError } from '../domain/errors.js';
import type { Millis } from '../domain/facts.js';
import { defaultPolicyText } from '../domain/policy/default.js';
import { addProtects, type ProtectEdit, removeProtects } from '../domain/policy/edit/protect.js';
import type { Match } from '../domain/policy/match.js';
import { readPolicy } from '../domain/policy/read.js';
import { templates, type TemplateName } from '../domain/policy/templates/index.js';
import type { Mode, Policy, UpdateMode } from '../domain/policy/types.js';

/** A text file of the data home, read afresh and written atomically; the store's, handed in. */
export interface TextFile {
  readonly path: string;
  /** Null when there is no such file. */
  read(): Promise<string | null>;
  write(text: string): Promise<void>;
  /** Tells when somebody else changed it; gives a way to stop. */
  watch(changed: () => void): () => void;
  /** Who else could have written it; null: nobody. */
  distrust(): Promise<{ why: 'writable-by-others' | 'owned-by-another'; path: string } | null>;
}

/** Why the mode is `suggest` though the policy says another (DESIGN §6); null where it is not. */
type ModeLowered = (NonNullable<Awaited<ReturnType<TextFile['distrust']>>> & { from: Mode }) | null;

/** A policy with the text that it was read from. */
export interface PolicyInForce {
  source: 'default' | 'file' | 'override';
  file: string;
  text: string;
  policy: Policy;
  modeLowered: ModeLowered;
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

/** The edits of each policy's file, which several engines may go by. */
export class PolicyEdits {
  readonly #queues = new Map<string, PQueue>();

  /** @param path the file's */
  of(path: string): PQueue {
    const queue = this.#queues.get(path) ?? new PQueue({ concurrency: 1 });
    this.#queues.set(path, queue);
    return queue;
  }
}

/** The policy of the data home: read when asked, edited with its comments kept (JUDGING §3, §4). */
export class Policies extends EventEmitter<{ changed: [] }> {
  #read: { key: string; result: PolicyInForce | CareenError } | null = null;
  readonly #unwatch: () => void;

  /** @param edits of the file, by whomever: one at a time, since each begins with what the one before wrote */
  constructor(
    private readonly file: TextFile,
    private readonly edits = new PQueue({ concurrency: 1 }),
  ) {
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
    const distrust = await this.file.distrust();
    const { path = null, why = null } = distrust ?? {};
    const key = JSON.stringify([text, path, why]);
    if (this.#read?.key !== key) this.#read = { key, result: lowered(this.#parse(text), distrust) };
    return this.#read.result;
  }

  /** The policy in force or the one given; throws `policy-invalid`. */
  async required(override: PolicyOverride | null): Promise<PolicyInForce> {
    if (override) {
      const policy = readPolicy(override.file, override.text);
      return { source: 'override', ...override, policy, modeLowered: null };
    }
    const current = await this.current();
    if (current instanceof CareenError) throw current;
    return current;
  }

  /** Whether there is a file, valid or not; one that cannot be opened is there too. */
  async exists(): Promise<boolean> {
    try {
      return (await this.file.read()) !== null;
    } catch (e) {
      if (isCareenError(e, 'policy-unreadable')) return true;
      throw e;
    }
  }

  /** The file's text, the default's while there is none; valid or not. */
  async text(): Promise<string> {
    return (await this.file.read()) ?? defaultPolicyText;
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
    return this.edits.add(() =>
      this.#change(matches, (text) =>
        addProtects(
          text,
          matches.map(({ match }) => ({ match, until, note })),
        ),
      ),
    );
  }

  /**
   * Takes entries that name exactly these references or IDs out of `protect`.
   *
   * @param base the text for which a person agreed to it; throws `policy-changed` where the policy is
   *   another by now
   */
  async unprotect(matches: readonly Match[], base: string | null = null): Promise<ProtectChange> {
    return this.edits.add(() =>
      this.#change(matches, (text) => {
        if (base !== null && text !== base)
          throw new CareenError('policy-changed', { file: this.file.path });
        return removeProtects(text, namesOf(matches));
      }),
    );
  }

  /** What `unprotect` would take protection off now, by name, and the text that says so. */
  async unprotects(matches: readonly Match[]): Promise<{ text: string; names: string[] }> {
    const { text } = await this.required(null);
    const { changed } = removeProtects(text, namesOf(matches));
    return { text, names: matches.filter((_, i) => changed[i]).map(({ name }) => name) };
  }

  /**
   * Writes the commented default, or a template; throws `policy-exists` rather than write over a
   * file.
   */
  init(template: TemplateName | null): Promise<string> {
    return this.edits.add(async () => {
      const file = this.file.path;
      if ((await this.file.read()) !== null) throw new CareenError('policy-exists', { file });
      await this.#write(template === null ? defaultPolicyText : templates[template]);
      return file;
    });
  }

  /** What an edit would make of the policy, unwritten, and of which text. Throws `policy-invalid`. */
  async preview(
    edit: (text: string) => string,
  ): Promise<{ text: string; before: Policy; after: Policy }> {
    const { text, policy: before } = await this.required(null);
    return { text, before, after: readPolicy(this.file.path, edit(text)) };
  }

  /**
   * Writes an edit of the policy's text. Throws `policy-invalid`, and then nothing is written.
   *
   * @param base as of `unprotect`
   */
  edit(edit: (text: string) => string, base: string | null = null): Promise<void> {
    return this.edits.add(async () => {
      const { text: before } = await this.required(null);
      if (base !== null && before !== base)
        throw new CareenError('policy-changed', { file: this.file.path });
      const text = edit(before);
      readPolicy(this.file.path, text);
      if (text !== before) await this.#write(text);
    });
  }

  /**
   * What a whole text would make of the policy, unwritten; `before` is null where the one in force
   * cannot be read. Throws `policy-invalid`, and `policy-changed` as `save` does.
   */
  async draft(
    text: string,
    base: string | null,
  ): Promise<{ before: Policy | null; after: Policy }> {
    await this.#standsAt(base);
    const after = readPolicy(this.file.path, text);
    const current = await this.current();
    return { before: current instanceof CareenError ? null : current.policy, after };
  }

  /**
   * Writes a whole text as the policy, over one that cannot be read too. Throws `policy-invalid`, and
   * `policy-changed` where the file's text is another than the one that was edited; then nothing is
   * written.
   *
   * @param base that text; null: there was no file
   */
  save(text: string, base: string | null): Promise<void> {
    return this.edits.add(async () => {
      await this.#standsAt(base);
      readPolicy(this.file.path, text);
      if (text !== base) await this.#write(text);
    });
  }

  close(): void {
    this.#unwatch();
  }

  async #change(
    matches: readonly Match[],
    edit: (text: string) => ProtectEdit,
  ): Promise<ProtectChange> {
    const { text: before } = await this.required(null);
    const { text, changed } = edit(before);
    if (text !== before) {
      readPolicy(this.file.path, text);
      await this.#write(text);
    }
    const named = (whether: boolean) =>
      matches.filter((_, i) => changed[i] === whether).map(({ name }) => name);
    return { file: this.file.path, changed: named(true), unchanged: named(false) };
  }

  async #standsAt(base: string | null): Promise<void> {
    const file = this.file.path;
    if ((await this.file.read()) !== base) throw new CareenError('policy-changed', { file });
  }

  async #write(text: string): Promise<void> {
    await this.file.write(text);
    this.#read = null;
    this.emit('changed');
  }

  #parse(text: string | null): PolicyInForce | CareenError {
    const file = this.file.path;
    const source = text === null ? 'default' : 'file';
    try {
      const inForce = text ?? defaultPolicyText;
      const policy = readPolicy(file, inForce);
      return { source, file, text: inForce, policy, modeLowered: null };
    } catch (e) {
      if (e instanceof CareenError) return e;
      throw e;
    }
  }
}

const namesOf = (matches: readonly Match[]) => matches.map(({ match }) => match);

/** What others could have written makes suggestions and nothing more (DESIGN §6). */
function lowered(
  read: PolicyInForce | CareenError,
  distrust: Awaited<ReturnType<TextFile['distrust']>>,
): PolicyInForce | CareenError {
  if (read instanceof CareenError || distrust === null) return read;
  const { mode, update } = read.policy;
  const updatesItself = [update.default, ...update.containers.map(({ rules }) => rules)].some(
    (rules) => rules.mode === 'auto',
  );
  if (mode === 'suggest' && !updatesItself) return read;
  const policy: Policy = { ...read.policy, mode: 'suggest', update: withoutAuto(update) };
  return {
    ...read,
    policy,
    modeLowered: { ...distrust, from: mode === 'suggest' ? 'auto' : mode },
  };
}

/** The same with no container updated by itself. */
function withoutAuto(update: Policy['update']): Policy['update'] {
  const lower = <R extends { mode?: UpdateMode }>(rules: R): R =>
    rules.mode === 'auto' ? { ...rules, mode: 'notify' } : rules;
  return {
    ...update,
    default: lower(update.default),
    containers: update.containers.map((entry) => ({ ...entry, rules: lower(entry.rules) })),
  };
}

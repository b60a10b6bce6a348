import type { Params, Result } from '../../../main/contract/commands.js';
import type { WireError } from '../../../main/contract/wire.js';
import type { CareenApi } from '../../../preload/api.js';
import type { Draft } from './drafts.js';

export type PolicyView = Result<'policy.get'>;
export type Tried = Result<'policy.try'>;

/** How long (ms) nothing is typed before a draft is judged. */
const QUIET = 250;

/**
 * The policy as the whole window knows it, and the Policy screen's draft: it stays while other screens
 * are looked at and when its page ends, and is never saved unasked.
 */
export class PolicyState {
  /** As main last told it, the same object while it says the same; null until it has. */
  saved = $state.raw<PolicyView | null>(null);
  /** It was asked for and could not be had. */
  unread = $state(false);
  saving = $state(false);
  /** The editor's own state, history of changes included, while its screen is not shown. */
  kept: unknown = null;

  #draft = $state.raw<string | null>(null);
  /** The text of the policy that the draft was made from; null: there was no file. */
  #base = $state.raw<string | null>(null);
  #tried = $state.raw<{ text: string; answer: Tried } | null>(null);
  /** Counts what was asked and what was written: an answer from before the last of them is old. */
  #turns = 0;
  /** Readings without an answer. */
  #reading = 0;
  #tries = 0;
  /** Edits without an answer. */
  #edits = $state(0);

  /** Whether a setting of it is being written. */
  writing = $derived(this.#edits > 0);
  text = $derived(this.#draft ?? this.saved?.text ?? null);
  isDraft = $derived(this.#draft !== null);
  /** Whether the file was changed by something else since the draft was begun. */
  isOvertaken = $derived(
    this.isDraft && !this.saving && this.saved !== null && fileOf(this.saved) !== this.#base,
  );
  /** What the draft would do; null while it is not judged as it stands. */
  tried = $derived(this.#tried?.text === this.#draft ? (this.#tried?.answer ?? null) : null);
  /** The last that is known of any draft, for what stays in sight while the next is awaited. */
  lastTried = $derived(this.#tried?.answer ?? null);

  /** @param outlasting where its draft outlives the page */
  constructor(
    private readonly api: Pick<CareenApi, 'call'>,
    private readonly fail: (error: WireError) => void,
    private readonly outlasting: { get(): Draft | null; set(draft: Draft | null): void },
  ) {
    const left = outlasting.get();
    if (left === null) return;
    this.#draft = left.text;
    this.#base = left.base;
  }

  /** Asks main for the policy as it is saved. */
  async read(): Promise<void> {
    const turn = ++this.#turns;
    this.#reading += 1;
    const answer = await this.api.call('policy.get', {}).finally(() => (this.#reading -= 1));
    if (turn !== this.#turns) return;
    this.unread = !answer.ok;
    if (answer.ok) this.#take(answer.result);
    else this.fail(answer.error);
  }

  /** Writes one setting of the saved policy. */
  async edit(change: Params<'policy.edit'>): Promise<void> {
    this.#edits += 1;
    const answer = await this.api.call('policy.edit', change).finally(() => (this.#edits -= 1));
    if (answer.ok) return this.#wrote(answer.result);
    this.fail(answer.error);
    // Where it was refused, what a person changed stands again as the policy says.
    this.saved = this.saved && { ...this.saved };
  }

  /** Makes a text the draft; one that says what is saved is none. */
  write(text: string): void {
    if (this.#draft === null && this.saved !== null) this.#base = fileOf(this.saved);
    this.#draft = text;
    this.#outlast();
    // While a draft is being saved, what was saved before says nothing of what will be.
    if (!this.saving && text === this.saved?.text) this.discard();
  }

  discard(): void {
    this.#draft = null;
    this.#tried = null;
    this.#outlast();
  }

  /** Goes on with the draft over what the file says by now. */
  keepMine(): void {
    if (this.saved !== null) this.#base = fileOf(this.saved);
    this.#outlast();
  }

  #outlast(): void {
    this.outlasting.set(this.#draft === null ? null : { text: this.#draft, base: this.#base });
  }

  /**
   * Has a draft judged once nothing was typed for a moment; an answer that another one overtook is
   * not taken.
   *
   * @returns takes the wish back
   */
  trySoon(text: string): () => void {
    const turn = ++this.#tries;
    const timer = setTimeout(() => void this.#try(text, turn), QUIET);
    return () => clearTimeout(timer);
  }

  async #try(text: string, turn: number): Promise<void> {
    const answer = await this.api.call('policy.try', { text });
    if (turn !== this.#tries) return;
    if (answer.ok) this.#tried = { text, answer: answer.result };
    else this.fail(answer.error);
  }

  /**
   * Saves the draft; where the file is another by now, both stay and `isOvertaken` says so. What is
   * written meanwhile stays a draft, of the policy that was saved.
   */
  async save(): Promise<void> {
    const sent = this.#draft;
    if (sent === null || this.saving) return;
    this.saving = true;
    const answer = await this.api
      .call('policy.save', { text: sent, base: this.#base })
      .finally(() => (this.saving = false));
    if (answer.ok) {
      if (this.#draft === sent) this.discard();
      else this.#base = fileOf(answer.result);
      this.#outlast();
      return this.#wrote(answer.result);
    }
    if (this.#draft === this.saved?.text) this.discard();
    if (answer.error.code === 'policy-changed') await this.read();
    else this.fail(answer.error);
  }

  /** Takes what was written over whatever was asked before; what that would have told is asked anew. */
  async #wrote(view: PolicyView): Promise<void> {
    this.#turns += 1;
    this.#take(view);
    if (this.#reading > 0) await this.read();
  }

  #take(view: PolicyView): void {
    if (JSON.stringify(view) !== JSON.stringify(this.saved)) this.saved = view;
    if (this.#draft === view.text) this.discard();
  }
}

/** The file's text; null while there is none and the default applies. */
const fileOf = ({ source, text }: PolicyView) => (source === 'file' ? text : null);

export interface Notice {
  id: number;
  tone: 'bad' | 'info';
  /** With the engine that it is of, while another one is in view. */
  text: string;
}

/** What was said, and of which engine, as that was called then; null: of none. */
interface Said extends Omit<Notice, 'text'> {
  sentence: string;
  of: { key: string; name: string } | null;
}

/** What it needs of the window's whole state. */
interface Host {
  /** The key of the engine in view. */
  viewed: () => string;
  /** How an engine of the list is called; null: it is not in the list. */
  nameOf: (engine: string) => string | null;
  /** A sentence with the name of the engine that it is of. */
  named: (name: string, sentence: string) => string;
}

/** So many are shown: those said last. */
const MOST = 3;

/** What was said above the screens, each until a person closes it. */
export class Notices {
  #said = $state.raw<readonly Said[]>([]);
  #next = 1;
  readonly all = $derived.by((): Notice[] =>
    this.#said.map(({ id, tone, sentence, of }) => ({ id, tone, text: this.#text(sentence, of) })),
  );

  constructor(private readonly host: Host) {}

  /** @param engine the key of the engine that it is about; null: of none */
  tell(tone: Notice['tone'], sentence: string, engine: string | null): void {
    const { nameOf } = this.host;
    const of = engine === null ? null : { key: engine, name: nameOf(engine) ?? engine };
    const others = this.#said.filter((n) => n.sentence !== sentence || n.of?.key !== of?.key);
    this.#said = [...others, { id: this.#next++, tone, sentence, of }].slice(-MOST);
  }

  dismiss(id: number): void {
    this.#said = this.#said.filter((n) => n.id !== id);
  }

  #text(sentence: string, of: Said['of']): string {
    const { viewed, nameOf, named } = this.host;
    if (of === null || of.key === viewed()) return sentence;
    return named(nameOf(of.key) ?? of.name, sentence);
  }
}

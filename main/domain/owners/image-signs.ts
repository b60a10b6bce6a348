import type { ImageFacts } from '../facts.js';
import { splitReference } from '../reference.js';
import type { OwnerTool } from './tool.js';
import { ownerTools } from './tools.js';

/** A tool that an image may be of, and the sign by which: null where it is a project. */
export interface Hint {
  tool: OwnerTool;
  /** The tool's place among all. */
  order: number;
  sign: string | null;
}

const having = <K extends 'repository' | 'tag' | 'label' | 'lastUser' | 'project'>(key: K) =>
  ownerTools.flatMap((tool, order) => {
    const by = tool.images?.[key];
    return by === undefined ? [] : [{ tool, order, by }];
  });
const byRepository = having('repository');
const byTag = having('tag');
const byLabel = having('label');
const byUser = having('lastUser');
const byProject: readonly Hint[] = having('project').map((one) => ({ ...one, sign: null }));
const none: readonly Hint[] = [];

/** Which tools an image may be of. What a name tells is asked once a name: engines hold thousands. */
export class ImageHints {
  readonly #ofRepository = new Map<string, readonly Hint[]>();
  readonly #ofUser = new Map<string, readonly Hint[]>();

  /** Each tool once, in their order. */
  of({ refs, digests, labels, used, projects }: ImageFacts): readonly Hint[] {
    let hints = none;
    const add = (more: readonly Hint[]) => {
      if (more.length > 0) hints = hints.length === 0 ? more : [...hints, ...more];
    };
    for (const ref of refs) {
      const { name, tag } = splitReference(ref);
      add(this.#repository(name));
      if (tag !== null) add(matching(byTag, tag));
    }
    for (const digest of digests) add(this.#repository(digest.slice(0, digest.indexOf('@'))));
    for (const { tool, order, by } of byLabel)
      if (labels[by] !== undefined) add([{ tool, order, sign: by }]);
    if (used !== null && used.source !== 'base') add(this.#user(used.by));
    if (projects.length > 0) add(byProject);
    if (hints.length < 2) return hints;
    const known = new Set<OwnerTool>();
    return hints
      .filter(({ tool }) => !known.has(tool) && known.add(tool))
      .sort((a, b) => a.order - b.order);
  }

  #repository(name: string): readonly Hint[] {
    return asked(this.#ofRepository, byRepository, name);
  }

  #user(name: string): readonly Hint[] {
    return asked(this.#ofUser, byUser, name);
  }
}

function asked(
  known: Map<string, readonly Hint[]>,
  tools: typeof byTag,
  text: string,
): readonly Hint[] {
  let hints = known.get(text);
  if (hints === undefined) known.set(text, (hints = matching(tools, text)));
  return hints;
}

function matching(tools: typeof byTag, text: string): readonly Hint[] {
  const found = tools.filter(({ by }) => by.test(text));
  return found.length === 0 ? none : found.map(({ tool, order }) => ({ tool, order, sign: text }));
}

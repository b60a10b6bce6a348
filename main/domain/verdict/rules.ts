import type { ImageFacts, Project } from '../facts.js';
import { matchesVersion, parsePattern, type Pattern } from '../policy/pattern.js';
import type { Selector } from '../policy/types.js';
import type { Name, Repository } from './names.js';

/** How far a rule selects an image before its names are asked. */
export type Selected =
  'yes' | 'no' | /** Only if its unknown origin or project were a certain one. */ 'perhaps';

/** A rule ready to be asked about many images; patterns are asked once a repository. */
export class CompiledRule<R extends Selector> {
  readonly #ids: ReadonlySet<string>;
  readonly #patterns: (Pattern & { kind: 'name' })[] | 'any';
  /** For each repository the patterns that suit it; `any` when one asks for no tag or digest. */
  readonly #suiting: ((Pattern & { kind: 'name' })[] | 'any' | undefined)[] = [];
  readonly #labels: [string, string][];

  constructor(
    readonly rule: R,
    private readonly repositories: readonly Repository[],
  ) {
    const patterns = (rule.match ?? []).flatMap((text) => parsePattern(text) ?? []);
    this.#ids = new Set(patterns.flatMap((p) => (p.kind === 'id' ? [p.id] : [])));
    this.#patterns = patterns.some((p) => p.kind === 'all')
      ? 'any'
      : patterns.filter((p) => p.kind === 'name');
    this.#labels = Object.entries(rule.labels ?? {});
  }

  /** By everything but `match`: those keys speak of the image, not of a name. */
  selectsImage(facts: ImageFacts): Selected {
    const { platform, origin, largerThan, untagged, project } = this.rule;
    if (untagged !== null && untagged !== (facts.refs.length === 0)) return 'no';
    if (largerThan !== null && facts.size <= largerThan) return 'no';
    for (const [key, value] of this.#labels) if (facts.labels[key] !== value) return 'no';
    if (platform !== null && !platform.some((one) => suits(one, facts.platform))) return 'no';
    const ofProject = project === null ? 'yes' : byProject(project, facts.projects);
    if (ofProject === 'no' || origin === null || origin.includes(facts.origin)) return ofProject;
    return facts.origin === 'unknown' ? 'perhaps' : 'no';
  }

  /** By `match`; without it every name is selected. */
  selectsName(name: Name, id: string): boolean {
    if (this.rule.match === null || this.#ids.has(id)) return true;
    if (name.repository < 0) return false;
    if (this.#patterns === 'any') return true;
    let suiting = this.#suiting[name.repository];
    if (suiting === undefined) {
      const repository = this.repositories[name.repository]?.name ?? '';
      suiting = this.#patterns.filter((pattern) => pattern.repository(repository));
      if (suiting.some((pattern) => pattern.tag === null && pattern.digest === null))
        suiting = 'any';
      this.#suiting[name.repository] = suiting;
    }
    if (suiting === 'any') return true;
    return suiting.some((pattern) => matchesVersion(pattern, name.tag, name.digest));
  }
}

/** `present`: a project that used it still stands; `gone`: there were some, and all are gone. */
function byProject(wanted: ('present' | 'gone')[], projects: readonly Project[]): Selected {
  if (projects.length === 0) return 'no';
  if (wanted.includes('present') && wanted.includes('gone')) return 'yes';
  const stands = projects.some(({ present }) => present === true);
  if (stands) return wanted.includes('present') ? 'yes' : 'no';
  const unknown = projects.some(({ present }) => present === null);
  return unknown ? 'perhaps' : wanted.includes('gone') ? 'yes' : 'no';
}

/** `linux/arm64` selects `linux/arm64/v8` too. */
function suits(wanted: string, platform: string): boolean {
  return platform === wanted || platform.startsWith(`${wanted}/`);
}

import { suffixOf } from './suffix.js';

/** A tag read as a version. */
export interface TagVersion {
  tag: string;
  kind: 'version' | 'calendar' | 'date';
  /** The version itself; of a date `[20241107, 5220]`. */
  numbers: number[];
  /** Rank and numbers of a pre-release; null: it is a release. */
  pre: number[] | null;
  /** Numbers that rise within one version: of builds, and of the distribution below. */
  builds: number[];
  /** Those of the distribution alone. */
  distribution: number[];
  /** How many parts it has and what stands between them: `N.N.N`, `Y.N`. */
  shape: string;
  /** What stands around the version, numbers that may rise written as `#`. */
  family: string;
}

const longest = 128;
/** Nothing that is a version has more digits in a row, and doubles are exact up to there. */
const mostDigits = 15;

const architecture =
  /^(?:(?:linux|windows|darwin)-)?(?:amd64|arm64(?:v8)?|arm32v[5-7]|arm-?v[5-7]|armhf|aarch64|i?386|x86[_-]64|ppc64le|s390x|riscv64|mips64le)-/i;
/** Of signatures and attestations (sigstore), and of a commit. */
const noVersion =
  /^sha\d*[-:]|\.(?:sig|att|sbom)$|^(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{7,40}$/i;
const date =
  /^((?:19|20)\d\d)(-?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?:T?-?(\d\d)-?(\d\d)(?:-?(\d\d))?Z?)?(?:\.(\d{1,4}))?(?![\d.])/;
const year = /^(?:19|20)\d\d$/;

/**
 * Reads a tag as people write versions: semver of any precision, with a leading `v`, calendar
 * versions, dates, pre-releases, builds and what a suffix names. Null for one that has no order: a
 * word (`latest`, `bookworm`), a commit, a signature. What semver alone cannot read is most of what
 * registries hold.
 */
export function parseTag(tag: string): TagVersion | null {
  if (tag.length > longest || noVersion.test(tag)) return null;
  const machine = architecture.exec(tag)?.[0] ?? '';
  const named = tag.slice(machine.length);
  const start = named.search(/\d/);
  const core = start < 0 ? null : coreOf(named.slice(start));
  if (core === null) return null;
  const suffix = suffixOf(named.slice(start + core.length));
  const { kind, numbers, shape } = core;
  const builds = [...core.builds, ...suffix.builds];
  if (![...numbers, ...builds, ...(suffix.pre ?? [])].every(Number.isSafeInteger)) return null;
  return {
    tag,
    kind,
    numbers,
    pre: suffix.pre,
    builds,
    distribution: suffix.distribution,
    shape,
    family: `${machine}${named.slice(0, start)}*${suffix.text}`,
  };
}

interface Core extends Pick<TagVersion, 'kind' | 'numbers' | 'builds' | 'shape'> {
  /** Characters of it. */
  length: number;
}

function coreOf(text: string): Core | null {
  const dated = date.exec(text);
  if (dated !== null) {
    const [all, y = '', , m = '', d = '', hours = '', minutes = '', seconds = '', again] = dated;
    const time = hours + minutes + seconds;
    const numbers = [Number(y + m + d), ...(time === '' ? [] : [Number(time)])];
    // A day's second image bears `.1`, and the next day's first none.
    const builds = [Number(again ?? 0)];
    return { length: all.length, kind: 'date', numbers, builds, shape: `D${time.length}` };
  }
  const [all = ''] = /^\d+(?:[._]\d+)*/.exec(text) ?? [];
  const parts = all.split(/[._]/);
  if (parts.some((part) => part.length > mostDigits)) return null;
  const numbers = parts.map(Number);
  const isYear = year.test(parts[0] ?? '');
  // A lone large number counts builds, and is no later version than `3` is.
  const isLarge = parts.length === 1 && (numbers[0] ?? 0) >= 1_000;
  const first = isYear ? 'Y' : isLarge ? 'B' : 'N';
  return {
    length: all.length,
    kind: isYear && parts.length > 1 ? 'calendar' : 'version',
    numbers,
    builds: [],
    shape: all.replace(/\d+/g, 'N').replace('N', first),
  };
}

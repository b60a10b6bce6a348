import { dependenciesOf, type Dependency, type Member, type NeedKind } from './dependencies.js';

/** What an update does with a container: with the one that is updated, or with one that depends on it. */
export type Act = 'update' | 'recreate' | 'restart' | 'none';

export interface GroupMember {
  id: string;
  name: string;
  act: Exclude<Act, 'none'>;
  /** What is done with it where it is to be updated and is not, in the end, but what it depends on was. */
  otherwise: Exclude<Act, 'update'>;
  /** IDs of all in this group that it depends on, directly or through others: when one fails, so does this. */
  after: string[];
}

/** What is updated together: one after another, in this order. */
export interface Group {
  /** Each after all that it depends on. */
  members: GroupMember[];
  /** Those that depend on one of them and are left alone. */
  untouched: { id: string; name: string }[];
  /** Names of containers that depend on each other in a circle, which was cut. */
  cycles: string[][];
}

/** What each container depends on, with no circle in it. */
type Needs = ReadonlyMap<Member, readonly Dependency[]>;

/**
 * What is to be done with those that depend on the containers that are updated, and in which order;
 * groups have nothing to do with one another and may be worked on side by side (UPDATING §5, Order).
 *
 * What names the very container that is replaced is made anew with it: a namespace by its ID, a link
 * of the default bridge. A namespace also ends with a restart of the one that it belongs to.
 *
 * @param targets IDs of the containers to be updated; those that are not among `members` are left out
 * @param members every container of the engine
 */
export function groupsOf(targets: readonly string[], members: readonly Member[]): Group[] {
  const { needs, cycles } = withoutCycles(dependenciesOf(members));
  const order = inOrder(members, needs);
  const acts = actsOn(new Set(targets), order, needs);
  const further = allNeeds(order, needs);
  const touched = order.flatMap((member) => {
    const { act, otherwise } = acts.get(member) ?? untouched;
    return act === 'none' ? [] : [{ member, act, otherwise, after: further.get(member) ?? [] }];
  });
  return partsOf(touched).map((part) => {
    const inPart = new Set(part.map(({ member }) => member));
    const alone = order.filter(
      (one) => acts.get(one)?.act === 'none' && needs.get(one)?.some(({ on }) => inPart.has(on)),
    );
    return {
      members: part.map(({ member: { id, name }, act, otherwise, after }) => ({
        id,
        name,
        act,
        otherwise,
        after: [...after].filter((one) => inPart.has(one)).map((one) => one.id),
      })),
      untouched: alone.map(({ id, name }) => ({ id, name })),
      cycles: cycles
        .filter((cycle) => cycle.some((one) => inPart.has(one)))
        .map((cycle) => cycle.map(({ name }) => name)),
    };
  });
}

/** Those of a group that are not updated themselves, as a preview names them. */
export function dependantsIn(group: Group): { container: string; act: Exclude<Act, 'update'> }[] {
  return [
    ...group.members.flatMap(({ name, act }) =>
      act === 'update' ? [] : [{ container: name, act }],
    ),
    ...group.untouched.map(({ name }) => ({ container: name, act: 'none' as const })),
  ];
}

const strength: Record<NeedKind, number> = { namespace: 0, link: 1, hard: 2, restart: 3, order: 4 };

/**
 * Takes dependencies in, the strongest first, and leaves out what would close a circle: a namespace
 * cannot wait for what merely prefers to come first.
 */
function withoutCycles(dependencies: readonly Dependency[]): { needs: Needs; cycles: Member[][] } {
  const needs = new Map<Member, Dependency[]>();
  const cycles: Member[][] = [];
  const sorted = [...dependencies].sort(
    (a, b) =>
      strength[a.kind] - strength[b.kind] ||
      compare(a.from.name, b.from.name) ||
      compare(a.on.name, b.on.name),
  );
  for (const dependency of sorted) {
    const circle = pathBetween(dependency.on, dependency.from, needs);
    if (circle === null)
      needs.set(dependency.from, [...(needs.get(dependency.from) ?? []), dependency]);
    else if (!cycles.some((cycle) => isSame(cycle, circle))) cycles.push(circle);
  }
  return { needs, cycles };
}

/** A way from one to another along what each depends on, both ends in it; null: there is none. */
function pathBetween(start: Member, end: Member, needs: Needs): Member[] | null {
  const cameFrom = new Map<Member, Member | null>([[start, null]]);
  for (const member of cameFrom.keys()) {
    if (member === end) {
      const path: Member[] = [];
      for (let at: Member | null = end; at !== null; at = cameFrom.get(at) ?? null) path.push(at);
      return path.reverse();
    }
    for (const { on } of needs.get(member) ?? []) if (!cameFrom.has(on)) cameFrom.set(on, member);
  }
  return null;
}

const isSame = (a: readonly Member[], b: readonly Member[]) =>
  a.length === b.length && a.every((member) => b.includes(member));

/** Every container after all that it depends on; by name where that leaves it open. */
function inOrder(members: readonly Member[], needs: Needs): Member[] {
  const order = new Set<Member>();
  const place = (member: Member) => {
    if (order.has(member)) return;
    for (const { on } of needs.get(member) ?? []) place(on);
    order.add(member);
  };
  for (const member of [...members].sort((a, b) => compare(a.name, b.name))) place(member);
  return [...order];
}

/** What becomes of a container when what it depends on is replaced (updated, recreated) or restarted. */
const consequences: Record<NeedKind, Record<'replaced' | 'restarted', Exclude<Act, 'update'>>> = {
  namespace: { replaced: 'recreate', restarted: 'restart' },
  link: { replaced: 'recreate', restarted: 'none' },
  hard: { replaced: 'recreate', restarted: 'restart' },
  restart: { replaced: 'restart', restarted: 'restart' },
  order: { replaced: 'none', restarted: 'none' },
};

/** What becomes of a container, as `GroupMember` tells it. */
interface Fate {
  act: Act;
  otherwise: Exclude<Act, 'update'>;
}

const untouched: Fate = { act: 'none', otherwise: 'none' };

const weight: Record<Act, number> = { none: 0, restart: 1, recreate: 2, update: 3 };

/** What is done with each container that is updated, and with each that depends on one that is touched. */
function actsOn(
  targets: ReadonlySet<string>,
  order: readonly Member[],
  needs: Needs,
): ReadonlyMap<Member, Fate> {
  const acts = new Map<Member, Fate>();
  for (const member of order) {
    const reasons = (needs.get(member) ?? []).flatMap(({ on, kind }) => {
      const happened = acts.get(on)?.act ?? 'none';
      if (happened === 'none') return [];
      const { replaced, restarted } = consequences[kind];
      return [possible(member, happened === 'restart' ? restarted : replaced)];
    });
    const otherwise = reasons.reduce((a, b) => (weight[b] > weight[a] ? b : a), 'none');
    const isTarget = targets.has(member.id);
    if (isTarget || reasons.length > 0)
      acts.set(member, { act: isTarget ? 'update' : otherwise, otherwise });
  }
  return acts;
}

/** What does not run needs no restart. */
function possible({ running, foreign }: Member, act: Fate['otherwise']): Fate['otherwise'] {
  return foreign || (act === 'restart' && !running) ? 'none' : act;
}

/** All that each container depends on, directly or through others. */
function allNeeds(order: readonly Member[], needs: Needs): Map<Member, ReadonlySet<Member>> {
  const all = new Map<Member, ReadonlySet<Member>>();
  for (const member of order)
    all.set(
      member,
      new Set((needs.get(member) ?? []).flatMap(({ on }) => [on, ...(all.get(on) ?? [])])),
    );
  return all;
}

/** Those that have to do with one another, apart from all others, in the order that they came in. */
function partsOf<T extends { member: Member; after: Iterable<Member> }>(
  touched: readonly T[],
): T[][] {
  let parts: T[][] = [];
  for (const one of touched) {
    const after = new Set(one.after);
    const joined = parts.filter((part) => part.some(({ member }) => after.has(member)));
    parts = [...parts.filter((part) => !joined.includes(part)), [...joined.flat(), one]];
  }
  return parts.map((part) => touched.filter((one) => part.includes(one)));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

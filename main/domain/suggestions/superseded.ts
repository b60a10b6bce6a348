import { familiarRepository } from '../reference.js';
import { groundworkOf } from '../verdict/groundwork.js';
import type { JudgedImage } from '../verdict/types.js';
import { count, namesIn } from './few.js';
import type { Finding, Suggester } from './types.js';

/** Repositories that are looked at: those with most bytes in older versions. */
const most = 20;

/** Versions of a repository of which a newer one stays. */
export const superseded: Suggester = {
  id: 'superseded',
  find({ judged, inventory, index }) {
    return groundworkOf(inventory, index)
      .names.repositories.map(({ name, versions }) => {
        const all = versions.flatMap((place) => judged[place] ?? []);
        // What goes by a rule is not what it is superseded by.
        const newest = all.findIndex(({ verdict }) => verdict === 'keep');
        const older = newest < 0 ? [] : all.slice(newest + 1).filter(isFree);
        return { name, older, all, bytes: older.reduce((sum, one) => sum + one.facts.size, 0) };
      })
      .filter(({ older }) => older.length > 0)
      .sort((a, b) => b.bytes - a.bytes)
      .slice(0, most)
      .map(({ name, older, all }) => finding(name, older, all));
  },
};

/** What a person may name: what else holds it is not asked after. */
function isFree({ decidedBy: { kind, code } }: JudgedImage): boolean {
  return kind === 'remove' || kind === 'default' || code === 'base-of';
}

function finding(
  name: string,
  older: readonly JudgedImage[],
  all: readonly JudgedImage[],
): Finding {
  const repository = familiarRepository(name);
  return {
    subject: repository,
    named: older.map(({ id }) => id),
    tell: (plan) => {
      const going = new Set(plan.items.map(({ id }) => id));
      const newer = all.findIndex(({ id }) => going.has(id));
      return {
        id: 'superseded',
        repository,
        images: count(plan, 'image'),
        newer,
        names: namesIn(plan, 'image'),
      };
    },
  };
}

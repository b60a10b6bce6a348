import type { HistoryRun } from '../../contract/runs.js';
import { collectNames } from '../../domain/diagnostics/collect.js';
import { Pseudonyms } from '../../domain/diagnostics/pseudonyms.js';
import type { Json } from '../../domain/diagnostics/redact.js';
import type { Inventory } from '../../domain/facts.js';
import type { Policy } from '../../domain/policy/types.js';
import { wordsOfContract } from './words.js';

/** What names stand in. */
export interface Named {
  inventory: Inventory | null;
  history: readonly HistoryRun[];
  policy: Policy | null;
  /** Hosts of registries. */
  registries: readonly string[];
  /** All that is to be told, without secrets and the person's own folder. */
  told: Json;
}

/**
 * Stand-ins for every name that Careen knows of this engine, its history and its policy, and for
 * whatever else in what is told may be one.
 */
export function pseudonymsOf({ inventory, history, policy, registries, told }: Named): Pseudonyms {
  const own = wordsOfContract();
  const names = new Pseudonyms();
  for (const host of registries) names.host(host);
  for (const image of inventory?.images ?? []) {
    for (const ref of [...image.refs, ...image.digests, ...image.formerRefs]) names.image(ref);
    for (const { name } of image.projects) names.add('name', name);
    for (const { name } of image.usedBy ?? []) names.add('container', name);
  }
  for (const { name, reference } of inventory?.containers ?? []) {
    names.add('container', name);
    names.image(reference);
  }
  for (const { name } of inventory?.networks ?? []) names.add('name', name);
  for (const { name } of inventory?.volumes ?? []) names.add('name', name);
  for (const run of history) namesOfRun(run, names);
  for (const pattern of patternsOf(policy)) if (/\w/.test(pattern)) names.image(pattern);
  for (const { id } of [...(policy?.keep ?? []), ...(policy?.remove ?? [])])
    if (!own.has(id)) names.add('name', id);
  collectNames(told, names, (word) => own.has(word));
  return names;
}

function namesOfRun(run: HistoryRun, names: Pseudonyms): void {
  if ('containers' in run) {
    for (const { container } of run.containers) names.add('container', container);
    return;
  }
  for (const list of Object.values(run))
    if (Array.isArray(list))
      for (const one of list as unknown[]) {
        const { refs } = Object(one) as { refs?: unknown };
        if (Array.isArray(refs)) for (const ref of refs as string[]) names.image(ref);
      }
}

function patternsOf(policy: Policy | null): string[] {
  if (policy === null) return [];
  const rules = [...policy.protect, ...policy.keep, ...policy.remove];
  const containers = policy.update.containers;
  return [
    ...rules.flatMap(({ match }) => match ?? []),
    ...containers.flatMap(({ match, image }) => [...(match ?? []), ...(image ?? [])]),
  ];
}

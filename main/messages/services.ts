import type { ServiceNeed } from '../domain/swarm/holds.js';

/** Names of the services that need an image, each once, sorted; with `as` only those that need it so. */
export function servicesOf(needs: readonly ServiceNeed[], as?: ServiceNeed['as']): string[] {
  const wanted = needs.filter((one) => as === undefined || one.as === as);
  return [...new Set(wanted.map(({ service }) => service))].sort();
}

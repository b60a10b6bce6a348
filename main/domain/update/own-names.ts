/** Names that containers bear for the time of an update, beside the one that they are known by. */
export interface OwnNames {
  /** Of the new one, until it takes the place. */
  temporary: string;
  /** Of the one that ran before, from then on. */
  aside: string;
  /** Of one that is made again on the way back. */
  again: string;
}

/** @param runId the run's, of which the first 8 digits tell one update from another */
export function ownNames(container: string, runId: string): OwnNames {
  const own = (kind: string) => `${container}.careen-${kind}-${runId.slice(0, 8)}`;
  return { temporary: own('new'), aside: own('old'), again: own('again') };
}

/** Whether a container is one that an update has beside the one whose name it bears in front. */
export function isOwnName(name: string): boolean {
  return /\.careen-(?:new|old|again)-[0-9a-f]{8}$/.test(name);
}

/** Whether it bears the name that Careen gave to what ran before `container`, and no other since. */
export function isAside(name: string, container: string): boolean {
  const own = `${container}.careen-old-`;
  return name.startsWith(own) && /^[0-9a-f]{8}$/.test(name.slice(own.length));
}

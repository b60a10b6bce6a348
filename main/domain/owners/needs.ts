import type { ContainerFacts, ImageFacts, Inventory, Millis } from '../facts.js';
import { imageNeeds } from './image-needs.js';
import { volumeMeant } from '../swarm/data.js';
import { ownerBy, recognise } from './owner-of.js';
import { Presence } from './presence.js';
import { seeContainer, seeNetwork, seeVolume } from './seen.js';
import type { Found, OwnerTool, Term } from './tool.js';
import { swarm } from './tools/swarm.js';
import { ownerTools } from './tools.js';
import type { Owner, OwnerHold, OwnerNeeds } from './types.js';

const lastMade = new WeakMap<Inventory, { now: Millis; needs: OwnerNeeds }>();

/**
 * What owners still need though no container uses it, by the table of OWNERS §5; and whose each
 * container is. What time has already ended at `now` is left out. Verdicts and plans ask the same
 * of one inventory at one moment: it is worked out once.
 */
export function ownerNeeds(inventory: Inventory, now: Millis): OwnerNeeds {
  const before = lastMade.get(inventory);
  if (before?.now === now) return before.needs;
  const needs = makeNeeds(inventory, now);
  lastMade.set(inventory, { now, needs });
  return needs;
}

function makeNeeds(inventory: Inventory, now: Millis): OwnerNeeds {
  const images = imagesOf(inventory);
  const presence = new Presence();
  const containers = new Map<string, Owner>();
  const owned = inventory.containers.flatMap((facts) => {
    const recognised = recognise(seeContainer(facts, images.get(facts.imageId) ?? null));
    containers.set(facts.id, ownerBy(recognised));
    if (recognised === null) return [];
    const { tool, found } = recognised;
    presence.add(tool, found.unit, facts.state === 'running');
    return [{ facts, tool, found }];
  });

  const volumes = new Map<string, OwnerHold>();
  const hold = (into: Map<string, OwnerHold>, key: string, one: OwnerHold | null) => {
    const before = into.get(key);
    if (one !== null && one.until > now && (!before || one.until > before.until))
      into.set(key, one);
  };
  for (const facts of inventory.volumes) {
    const seen = seeVolume(facts);
    const sign = Math.max(facts.lastUsed?.at ?? 0, facts.created ?? 0);
    for (const tool of ownerTools) {
      const found = tool.volume?.(seen) ?? null;
      if (found === null) continue;
      presence.add(tool, found.unit, false, 'volume');
      hold(volumes, facts.name, held(tool, found, tool.needs.volume, sign, presence));
    }
  }
  // What a tool's container mounts is the tool's, whatever it is called (OWNERS §1.5).
  for (const { facts, tool, found } of owned)
    if (tool.needs.volume.for === 'always')
      for (const name of facts.volumes)
        hold(volumes, name, { ...named(tool, found), until: Infinity, strength: 'hold' });
  // A node's engine does not know what the swarm's next task on it will mount.
  for (const { name: unit, volumes: named } of inventory.swarm?.services ?? []) {
    const isMeant = volumeMeant(named);
    const { kind, tool } = swarm;
    for (const { name } of inventory.volumes)
      if (isMeant(name))
        hold(volumes, name, { kind, tool, unit, until: Infinity, strength: 'hold' });
  }

  const networks = new Map<string, OwnerHold>();
  for (const facts of inventory.networks) {
    const seen = seeNetwork(facts);
    const sign = Math.max(facts.lastUsed?.at ?? 0, facts.created ?? 0);
    for (const tool of ownerTools) {
      const found = tool.network?.(seen) ?? null;
      if (found !== null)
        hold(networks, facts.name, held(tool, found, tool.needs.network, sign, presence));
    }
  }

  const containerHolds = new Map<string, OwnerHold>();
  for (const { facts, tool, found } of owned)
    hold(
      containerHolds,
      facts.id,
      held(tool, found, tool.needs.container, lastSeen(facts), presence),
    );

  return {
    images: imageNeeds(inventory, presence, now),
    volumes,
    networks,
    containers,
    containerHolds,
  };
}

/** Images that containers were made from, by ID. */
function imagesOf({ images, containers }: Inventory): Map<string, ImageFacts> {
  const used = new Set(containers.map(({ imageId }) => imageId));
  return new Map(images.flatMap((one) => (used.has(one.id) ? [[one.id, one]] : [])));
}

const lastSeen = ({ created, started, finished }: ContainerFacts) =>
  Math.max(created ?? 0, started ?? 0, finished ?? 0);

const named = ({ kind, tool }: OwnerTool, { unit }: Found) => ({ kind, tool, unit });

function held(
  tool: OwnerTool,
  found: Found,
  usual: Term,
  sign: Millis,
  presence: Presence,
): OwnerHold | null {
  const until = presence.until(tool, found.term ?? usual, sign);
  return until === null ? null : { ...named(tool, found), until, strength: 'hold' };
}

import { day } from '../policy/units.js';
import type { Millis } from '../facts.js';
import type { ImageTerm, OwnerTool, Term } from './tool.js';

export const always: Term = { for: 'always' };
export const nothing: Term = { for: 'nothing' };

/** While a container of the tool is there in any state, and so many ms after the last sign. */
export const whileThere = (then: Millis = 0): Term => ({ for: 'while', state: 'any', then });
/** While a container of the tool runs, and so many ms after the last sign. */
export const whileRunning = (then: Millis = 0): Term => ({ for: 'while', state: 'running', then });
/** Those of a family that were used last, while the tool has anything here. */
export const latestOfTool: ImageTerm = { for: 'latest', count: 1, while: 'tool' };

type Needs = OwnerTool['needs'];

/** What tools of a kind need, as OWNERS §5 says; each may say otherwise. */
export const needsOfKind = {
  cluster: {
    container: always,
    image: whileThere(30 * day),
    volume: always,
    network: always,
  },
  editor: { container: always, image: nothing, volume: always, network: always },
  devstack: { container: always, image: latestOfTool, volume: always, network: always },
  ephemeral: {
    container: whileRunning(day),
    image: whileRunning(day),
    volume: whileRunning(day),
    network: whileRunning(day),
  },
  builder: { container: always, image: always, volume: always, network: always },
  platform: { container: always, image: always, volume: always, network: always },
  updater: { container: always, image: always, volume: nothing, network: nothing },
  /** Compose, Swarm and systemd: their networks and volumes; what they run is their own matter. */
  service: { container: nothing, image: nothing, volume: always, network: always },
} as const satisfies Record<string, Needs>;

/** What Testcontainers, Aspire and others keep on purpose for the next run (OWNERS §5). */
export const reusable = whileRunning(7 * day);

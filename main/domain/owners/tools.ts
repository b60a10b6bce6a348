import type { OwnerTool } from './tool.js';
import { compose } from './tools/compose.js';
import { composeOneOff } from './tools/compose-one-off.js';
import { kind } from './tools/kind.js';
import { swarm } from './tools/swarm.js';

/** Every tool, specific before general (OWNERS §1.1): the first that knows a thing has it. */
export const ownerTools: readonly OwnerTool[] = [kind, composeOneOff, swarm, compose];

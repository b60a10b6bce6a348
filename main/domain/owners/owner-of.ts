import type { ContainerFacts, ImageFacts } from '../facts.js';
import { seeContainer } from './seen.js';
import type { ContainerSeen, FoundContainer, OwnerTool } from './tool.js';
import { ownerTools } from './tools.js';
import type { Owner } from './types.js';

/** The tool that made a container, and what it was known by; null: a person. */
export function recognise(seen: ContainerSeen): { tool: OwnerTool; found: FoundContainer } | null {
  for (const tool of ownerTools) {
    const found = tool.container?.(seen) ?? null;
    if (found !== null) return { tool, found };
  }
  return null;
}

/**
 * Who made a container and will make it again (OWNERS §5). `image` is the one it was made from,
 * whose labels are subtracted; null when the engine does not have it any more.
 */
export function ownerOf(container: ContainerFacts, image: ImageFacts | null): Owner {
  return ownerBy(recognise(seeContainer(container, image)));
}

/** The owner in the words of the contract. */
export function ownerBy(recognised: ReturnType<typeof recognise>): Owner {
  if (recognised === null)
    return { kind: 'person', tool: '', unit: null, command: null, proof: '' };
  const { tool, found } = recognised;
  const { unit, command, proof } = found;
  return { kind: tool.kind, tool: tool.tool, unit, command, proof };
}

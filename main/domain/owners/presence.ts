import type { Millis } from '../facts.js';
import type { OwnerTool, Term } from './tool.js';

interface Signs {
  any: boolean;
  running: boolean;
  /** Units with a container or a volume. */
  units: Set<string | null>;
}

/** Which tools have something on an engine: what they need depends on it. */
export class Presence {
  readonly #signs = new Map<OwnerTool, Signs>();

  /** Takes in one of a tool's containers or volumes. */
  add(
    tool: OwnerTool,
    unit: string | null,
    running: boolean,
    what: 'container' | 'volume' = 'container',
  ): void {
    const signs = this.#signs.get(tool) ?? { any: false, running: false, units: new Set() };
    this.#signs.set(tool, signs);
    signs.units.add(unit);
    if (what === 'container') signs.any = true;
    if (running) signs.running = true;
  }

  /** Whether a tool has a container or a volume, of this unit unless it is null. */
  has(tool: OwnerTool, unit: string | null): boolean {
    const units = this.#signs.get(tool)?.units;
    if (units === undefined) return false;
    return unit === null ? units.size > 0 : units.has(unit);
  }

  /** Until when something with its last sign of use at `sign` is needed; null for not at all. */
  until(tool: OwnerTool, term: Term, sign: Millis): Millis | null {
    switch (term.for) {
      case 'always':
        return Infinity;
      case 'while':
        return this.#signs.get(tool)?.[term.state] ? Infinity : sign + term.then;
      case 'nothing':
        return null;
    }
  }
}

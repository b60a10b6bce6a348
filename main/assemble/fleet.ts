import type { finder as realFinder } from '../adapters/docker/finder.js';
import { firstEngine } from '../contract/fleet.js';
import { agreedToWiden } from '../services/commands/agreeing.js';
import { FleetCommands } from '../services/fleet/commands.js';
import { gated, only } from '../services/fleet/gate.js';
import { carryOver } from '../services/fleet/carry-over.js';
import { Fleet } from '../services/fleet/index.js';
import { Journal } from '../services/journal/index.js';
import type { StoredEngine } from '../services/fleet/stored.js';
import { Turns } from '../services/turns.js';
import type { Home } from './home.js';
import { openRoom } from './room.js';

/** Puts together the list of engines and what opens a room for each. */
export function fleetOf(
  home: Home,
  finder: typeof realFinder,
): { fleet: Fleet; commands: FleetCommands } {
  const { parts, known, stores, dismissals, errors, report, settings } = home;
  const { clock } = parts;
  const turns = new Turns(
    () => known.value.together,
    (one, other) => fleet.addresses.areParted(one, other),
  );
  const journalOf = async (key: string) => {
    const log = await stores.journal(key);
    return { journal: new Journal(log, log), close: () => log.close() };
  };
  const open = (key: string, added: StoredEngine | null) =>
    openRoom(home, {
      key,
      finder: gated(
        added ? only(finder, added.name ?? added.context ?? added.endpoint, added.context) : finder,
        (facts) => fleet.addresses.mayBe(key, facts),
      ),
      chosen: added?.endpoint ?? parts.engine ?? settings.values.endpoint,
      policyOf: added?.policy === 'own' ? key : firstEngine,
      watchesHost: key === firstEngine,
      turns,
      taker: { key, id: () => fleet.addresses.idOf(key) },
      retainedByTwins: () => fleet.addresses.retainedByTwins(key),
      others: {
        keptOfService: (id) => fleet.imagesOfService(id),
        servicesBy: (managers) => fleet.servicesBy(managers),
      },
      cutOffByTwins: {
        finished: (engine) => fleet.cutOff.finished(key, engine),
        isDue: (engine) => fleet.cutOff.isDue(key, engine),
      },
      fleet,
    });
  const fleet: Fleet = new Fleet({ doc: known, turns, open, clock });
  fleet.on('failed', report);
  const commands = new FleetCommands(
    fleet,
    {
      contexts: () => finder.contexts(),
      spelled: (endpoint) => finder.spelled(endpoint),
      connect: (endpoint, context) => finder.connect(endpoint, context),
      agreedToWiden,
      carryOver: (key, from, to) =>
        carryOver({ stores, dismissals, journal: () => journalOf(key) }, from, to),
    },
    clock,
    (e) => errors.note(e),
  );
  return { fleet, commands };
}

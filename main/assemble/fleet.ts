import type { finder as realFinder } from '../adapters/docker/finder.js';
import { firstEngine } from '../contract/first-engine.js';
import { agreedToWiden } from '../services/commands/agreeing.js';
import { FleetCommands } from '../services/fleet/commands.js';
import { gated, only } from '../services/fleet/gate.js';
import { carryOver } from '../services/fleet/carry-over.js';
import { Fleet } from '../services/fleet/index.js';
import { MetFirst } from '../services/fleet/met.js';
import { Journal } from '../services/journal/index.js';
import type { StoredEngine } from '../services/fleet/stored.js';
import { Turns } from '../services/turns.js';
import { RememberedServices } from '../services/versions/remembered.js';
import type { Home } from './home.js';
import { openRoom } from './room.js';

/** Puts together the list of engines and what opens a room for each. */
export async function fleetOf(
  home: Home,
  finder: typeof realFinder,
): Promise<{ fleet: Fleet; commands: FleetCommands }> {
  const { parts, known, stores, dismissals, errors, report, settings } = home;
  const met = new MetFirst(home.met);
  const { clock } = parts;
  const turns = new Turns(
    () => known.value.together,
    (one, other) => fleet.addresses.areParted(one, other),
  );
  const journalOf = async (key: string) => {
    const log = await stores.journal(key);
    return { journal: new Journal(log, log), close: () => log.close() };
  };
  const remembered = new RememberedServices(
    async (engine) => (await stores.versions(engine)).value.services,
  );
  const read = (key: string, added: StoredEngine | null) =>
    remembered.read(key, added ? [added] : met.all).catch(report);
  // Some are not opened by a command line, and what they keep is kept all the same.
  const atStart = known.value.engines;
  await Promise.all(atStart.map((engine) => read(engine.key, engine)));
  const unopened = new Set(atStart.map(({ key }) => key));
  const open = async (key: string, added: StoredEngine | null) => {
    // A room that was open has written to it since.
    if (!unopened.delete(key)) await read(key, added);
    return openRoom(home, {
      key,
      finder: gated(
        added ? only(finder, added.name ?? added.context ?? added.endpoint, added.context) : finder,
        async (facts) => {
          fleet.addresses.mayBe(key, facts);
          // Where it cannot be written it is remembered as long as this process lasts.
          if (key === firstEngine) await met.keep(facts).catch(report);
        },
      ),
      chosen: added?.endpoint ?? parts.engine ?? settings.values.endpoint,
      policyOf: added?.policy === 'own' ? key : firstEngine,
      watchesHost: key === firstEngine,
      turns,
      taker: { key, id: () => fleet.addresses.idOf(key) },
      retainedByTwins: () => fleet.addresses.retainedByTwins(key),
      remembered: (id, met) => remembered.of(key, id, met),
      others: {
        keptOfService: (id) => fleet.services.images(id),
        servicesBy: (managers) => fleet.services.by(managers),
      },
      cutOffByTwins: {
        finished: (engine) => fleet.cutOff.finished(key, engine),
        isDue: (engine) => fleet.cutOff.isDue(key, engine),
      },
      fleet,
    });
  };
  const fleet: Fleet = new Fleet({
    doc: known,
    met,
    turns,
    open,
    remembered: (key, id) => remembered.of(key, id, null).map(({ image }) => image),
    clock,
  });
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

import type { updateCommands } from '../../contract/update-commands.js';
import { CareenError } from '../../domain/errors.js';
import { setContainerMode } from '../../domain/policy/edit/update.js';
import { isLower } from '../../domain/update/ceilings.js';
import type { UpdateServices } from './update-types.js';
import type { Collaborators, CommandContext, Handlers } from './types.js';

/** The commands about updates, and the services that carry them out. */
export function updateHandlers(
  { policies, state, ...services }: Pick<Collaborators, 'policies' | 'state'> & UpdateServices,
  met: () => Promise<void>,
): Pick<Handlers, keyof typeof updateCommands> {
  const { checker, updater, previews, movingOver } = services;

  const ready = async () => {
    await met();
    await checker.settled();
  };
  const slice = () => state.get('updates');

  return {
    'update.list': async () => {
      await ready();
      return slice();
    },
    'update.check': async ({ containers }) => {
      await ready();
      await checker.check(containers);
      return slice();
    },
    'update.preview': async ({ container, to }) => {
      await ready();
      return previews.preview(container, to);
    },
    'update.run': async ({ containers, copy, token }, { by }) => {
      await ready();
      return updater.update({ containers, copy }, by, token ?? null);
    },
    'update.rollback': async ({ container, to, copies, token }, { by }) => {
      await ready();
      return updater.rollback({ container, to, copies }, by, token ?? null);
    },
    'update.release': async ({ container, token }, { by }) => {
      await ready();
      return updater.release(container, by, token ?? null);
    },
    'update.snooze': async ({ container, until }) => {
      await ready();
      await checker.snooze(container, until);
      return slice();
    },
    'update.skip': async ({ container, on }) => {
      await ready();
      await checker.skip(container, on);
      return slice();
    },
    'update.mode': async ({ container, mode }, context) => {
      await ready();
      const row = checker.rows().find((one) => one.container === container);
      if (!row) throw new CareenError('container-unknown', { container });
      if (isLower(checker.ceiling(container), mode)) {
        const { tool, command } = row.owner;
        throw new CareenError('container-owned', { container, tool, command });
      }
      if (mode === 'auto' && row.mode !== 'auto') await agreed(context, [container]);
      await policies.edit((text) => setContainerMode(text, container, mode, row));
      await checker.settled();
      return slice();
    },
    'update.moveOver': async ({ apply }, context) => {
      await ready();
      const { proposal, edit } = await movingOver.propose();
      if (!apply) return proposal;
      const auto = proposal.entries.filter(({ wanted }) => wanted === 'auto');
      const all = proposal.default.mode === 'auto';
      if (all || auto.length > 0)
        await agreed(context, all ? null : auto.map(({ container }) => container));
      await policies.edit(edit);
      return proposal;
    },
    'update.link': async ({ container }, context) => {
      await ready();
      const { link } = await previews.preview(container, null);
      if (link === null)
        throw new CareenError('input-invalid', { what: 'link', found: '', expected: 'link' });
      await context.openLink(link);
      return {};
    },
  };
}

/**
 * What updates by itself, a person first agrees to (DESIGN §6); on a command line a person has
 * named it.
 *
 * @param containers null is all of them
 */
async function agreed(
  context: CommandContext,
  containers: readonly string[] | null,
): Promise<void> {
  if (context.by === 'cli' || (await context.confirm({ kind: 'auto-update', containers }))) return;
  throw new CareenError('not-confirmed', { act: 'auto-update' });
}

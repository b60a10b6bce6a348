import type { ownCommands } from '../../contract/own.js';
import type { registryCommands } from '../../contract/registries.js';
import { dataOf } from './data.js';
import type { Collaborators, Handlers } from './types.js';

/** The commands about Careen itself, and about the registries that it met. */
export function ownHandlers({
  own,
  registries,
  diagnostics,
}: Collaborators): Pick<Handlers, keyof typeof ownCommands | keyof typeof registryCommands> {
  return {
    registries: () => Promise.resolve(registries.seen()),
    about: async () => ({ version: own.version, data: dataOf(await own.contents()) }),
    'data.open': async (_, context) => {
      await context.openFolder(own.home);
      return {};
    },
    'notify.test': async (_, context) => {
      await context.testNotification();
      return {};
    },
    'diagnostics.preview': async ({ names }) => {
      const files = await diagnostics.files({ names });
      return { files: files.map(({ name, text }) => ({ name, bytes: Buffer.byteLength(text) })) };
    },
    'diagnostics.save': async ({ names }, context) => {
      const { name } = diagnostics;
      const archive = await own.bundle(name, await diagnostics.files({ names }));
      return { file: await context.saveFile(`${name}.tar.gz`, archive) };
    },
  };
}

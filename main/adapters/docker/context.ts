import { createHash } from 'node:crypto';
import { z } from 'zod';
import { CareenError, isCareenError } from '../../domain/errors.js';
import { joinOn, type HostView } from './host-view.js';
import { clean } from './text.js';

const configSchema = z.looseObject({ currentContext: z.string().nullish() });

const metaSchema = z.looseObject({
  Name: z.string(),
  Metadata: z.looseObject({ Description: z.string().nullish() }).nullish(),
  Endpoints: z
    .looseObject({
      docker: z
        .looseObject({ Host: z.string().nullish(), SkipTLSVerify: z.boolean().nullish() })
        .nullish(),
    })
    .nullish(),
});

/** A context of the docker CLI; `host` is empty where it leaves the endpoint to the default. */
export interface Context {
  name: string;
  description: string;
  host: string;
  /** Whether it is to take any certificate. */
  skipsVerify: boolean;
  /** Where its certificates lie, if it has any. */
  tlsFolder: string;
}

/** The docker CLI's folder of settings (HOSTS §1). */
export function configFolder(host: HostView): string {
  return host.env['DOCKER_CONFIG'] || joinOn(host, host.home, '.docker');
}

/**
 * The context that `config.json` names as current; null where it names none, or `default`.
 *
 * @throws CareenError `context-unreadable`
 */
export async function currentContext(host: HostView): Promise<string | null> {
  const file = joinOn(host, configFolder(host), 'config.json');
  const config = await read(host, file, configSchema);
  const name = config?.currentContext ?? '';
  return name === '' || name === 'default' ? null : name;
}

/**
 * The context of that name, which is no default's: that one has no file.
 *
 * @throws CareenError `context-missing`, as the CLI has it, never another engine; `context-unreadable`
 */
export async function contextNamed(host: HostView, name: string): Promise<Context> {
  const file = joinOn(host, configFolder(host), 'contexts', 'meta', idOf(name), 'meta.json');
  const meta = await read(host, file, metaSchema);
  if (!meta) throw new CareenError('context-missing', { name: clean(name) });
  return contextOf(host, meta);
}

/** A context whose file cannot be read; its name stands in there, so it goes by its folder's. */
export interface UnreadableContext {
  name: string;
  error: CareenError;
}

/** Every context there is a readable file of. */
export async function allContexts(host: HostView): Promise<Context[]> {
  return (await everyContext(host)).filter((context): context is Context => !('error' in context));
}

/** Every context there is a file of, by name; metadata folders may lie in one another. */
export async function everyContext(host: HostView): Promise<(Context | UnreadableContext)[]> {
  const found: (Context | UnreadableContext)[] = [];
  const walk = async (folder: string, depth: number): Promise<void> => {
    for (const name of (await host.readdir(folder)).sort()) {
      const path = joinOn(host, folder, name);
      if (name === 'meta.json') {
        try {
          const meta = await read(host, path, metaSchema);
          if (meta) found.push(contextOf(host, meta));
        } catch (e) {
          if (!isCareenError(e, 'context-unreadable')) throw e;
          // A folder's name is the SHA-256 of its context's.
          found.push({ name: folder.slice(-64, -52), error: e });
        }
      } else if (depth > 0) await walk(path, depth - 1);
    }
  };
  await walk(joinOn(host, configFolder(host), 'contexts', 'meta'), 4);
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function contextOf(host: HostView, meta: z.output<typeof metaSchema>): Context {
  const docker = meta.Endpoints?.docker;
  return {
    name: clean(meta.Name),
    description: clean(meta.Metadata?.Description ?? ''),
    host: docker?.Host ?? '',
    skipsVerify: docker?.SkipTLSVerify ?? false,
    tlsFolder: joinOn(host, configFolder(host), 'contexts', 'tls', idOf(meta.Name), 'docker'),
  };
}

/** The folder that the docker CLI gives a context. */
function idOf(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}

async function read<S extends z.ZodType>(
  host: HostView,
  file: string,
  schema: S,
): Promise<z.output<S> | null> {
  try {
    return schema.parse(JSON.parse((await host.readFile(file)).replace(/^\ufeff/, '')));
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new CareenError('context-unreadable', { file }, { cause: e });
  }
}

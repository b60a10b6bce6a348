import type { imageCommands } from '../../contract/image-commands.js';
import { CareenError } from '../../domain/errors.js';
import type { Inventory } from '../../domain/facts.js';
import { LayerIndex } from '../../domain/layers.js';
import { matchOfImage } from '../../domain/policy/match.js';
import { protectionOf } from '../../domain/verdict/protection.js';
import type { JudgedImage } from '../../domain/verdict/types.js';
import type { Judgement } from '../judging.js';
import { imageDetail } from './detail.js';
import { layersOfImage } from './image-layers.js';
import type { Collaborators, Handlers } from './types.js';

type Services = Pick<Collaborators, 'judging' | 'connection' | 'policies' | 'recoverability'>;

/** The commands about images by their IDs, and the services that carry them out. */
export function imageHandlers(services: Services): Pick<Handlers, keyof typeof imageCommands> {
  const { judging, connection, policies, recoverability } = services;
  const indexes = new WeakMap<Inventory, LayerIndex>();
  const indexOf = (inventory: Inventory): LayerIndex => {
    const index = indexes.get(inventory) ?? new LayerIndex(inventory);
    indexes.set(inventory, index);
    return index;
  };
  const required = (id: string) => {
    const { byId, rules } = judgement(services);
    const image = byId.get(id);
    if (!image) throw new CareenError('image-gone', { id });
    return { image, protection: protectionOf(image, rules) };
  };
  const nameOf = ({ id, refs }: JudgedImage) => refs[0] ?? id;

  return {
    'image.get': async ({ id }) => {
      await judging.settled();
      return imageDetail(judging, id, recoverability.reasonOf(id));
    },
    'image.layers': async ({ id }) => {
      await judging.settled();
      const { inventory } = judgement(services);
      return layersOfImage(connection.required(), inventory.images, id);
    },
    'image.protect': async ({ id, on }) => {
      const { image, protection } = required(id);
      if (on) return policies.protect([matchOfImage(image)], null, null);
      if (protection === 'rule')
        throw new CareenError('protected-by-rule', { id, file: policies.path });
      return policies.unprotect([{ name: nameOf(image), match: [id] }]);
    },
    'images.protect': async ({ ids, on }, context) => {
      const { byId, rules } = judgement(services);
      const wanted = ids.flatMap((id) => byId.get(id) ?? []);
      const [gone] = ids;
      if (wanted.length === 0 && gone !== undefined)
        throw new CareenError('image-gone', { id: gone });
      if (on) return policies.protect(wanted.map(matchOfImage), null, null);
      const matches = wanted
        .filter((image) => protectionOf(image, rules) !== 'rule')
        .map((image) => ({ name: nameOf(image), match: [image.id] }));
      if (context.by === 'cli') return policies.unprotect(matches);
      // By the file as it is, not as it was judged.
      const { text, names } = await policies.unprotects(matches);
      // A page gone wrong could take all protection off at once (DESIGN §6).
      if (names.length > 1 && !(await context.confirm({ kind: 'unprotect', images: names })))
        throw new CareenError('not-confirmed', { act: names.join(', ') });
      return policies.unprotect(matches, text);
    },
    'images.together': async ({ ids }) => {
      await judging.settled();
      return { reclaimable: indexOf(judgement(services).inventory).of(ids) };
    },
    'images.names': async ({ ids }) => {
      await judging.settled();
      const { byId } = judgement(services);
      return ids.flatMap((id) => {
        const facts = byId.get(id)?.facts;
        return facts ? [{ id, refs: facts.refs, digests: facts.digests }] : [];
      });
    },
  };
}

/** What is judged now; throws what keeps the engine from answering. */
export function judgement({
  judging,
  connection,
}: Pick<Services, 'judging' | 'connection'>): Judgement {
  if (judging.current) return judging.current;
  connection.required();
  throw new CareenError('engine-lost', { endpoint: connection.found.endpoint ?? '' });
}

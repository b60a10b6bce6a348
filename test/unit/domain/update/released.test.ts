import { describe, expect, it } from 'vitest';
import type { Inventory, ServicesKnown } from '../../../../main/domain/facts.js';
import { keepAll } from '../../../../main/domain/policy/keep-all.js';
import { readPolicy } from '../../../../main/domain/policy/read.js';
import { isHeldBeside } from '../../../../main/domain/update/released.js';
import { digestOf, image, imageId, inventory, now } from '../arbitrary.js';

const own = { container: 'web', imageId: imageId(1), replacedAt: now - 1000 };
const kept = { ...own, proven: true };
const nothingSaid = 'version: 1\ngrace: 0s\n';

const isHeld = (
  more: Partial<Inventory> = {},
  rules = nothingSaid,
  replaced = image(1, { digests: [`nginx@${digestOf(1)}`], formerRefs: ['nginx:1'] }),
) => {
  const facts = inventory([replaced], { retained: [kept], ...more });
  return isHeldBeside(facts, readPolicy('policy.yaml', rules), now, imageId(1), [own]);
};

describe('what keeps the image of a version that is given up', () => {
  it('is not that version itself, nor that no rule speaks of it', () => {
    expect(isHeld()).toBe(false);
  });

  it('is another container’s rollback, also one by another address of the engine', () => {
    expect(isHeld({ retained: [kept, { ...kept, container: 'api' }] })).toBe(true);
    expect(isHeld({ retained: [kept, { ...kept, replacedAt: now - 2000 }] })).toBe(true);
  });

  it('is a service that can go back to it, or may where no manager answers', () => {
    const service = {
      id: 's',
      name: 'shop',
      image: `nginx:2@${digestOf(2)}`,
      previousImage: `nginx:1@${digestOf(1)}`,
      kept: [],
      volumes: [],
    };
    const swarm = {
      answered: true,
      elsewhere: false,
      services: [service],
      nodes: null,
      nodeId: 'n',
      managers: [],
    } as unknown as ServicesKnown;
    expect(isHeld({ swarm })).toBe(true);
    expect(isHeld({ swarm: { ...swarm, answered: false, services: [] } })).toBe(true);
  });

  it('is a rule that keeps or protects it, and grace', () => {
    expect(isHeld({}, `${nothingSaid}protect: [{ match: "nginx" }]\n`)).toBe(true);
    expect(isHeld({}, `${nothingSaid}keep: [{ match: "nginx", last: 1 }]\n`)).toBe(true);
    const young = image(1, {
      formerRefs: ['nginx:1'],
      arrived: { at: now - 1000, source: 'event' },
    });
    expect(isHeld({}, 'version: 1\ngrace: 1h\n', young)).toBe(true);
  });

  it('is that it was not judged', () => {
    expect(isHeldBeside(inventory([]), keepAll, now, imageId(1), [own])).toBe(true);
  });
});

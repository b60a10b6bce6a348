import { describe, expect, it } from 'vitest';
import type { ServiceImages } from '../../../../main/domain/facts.js';
import { isUntold, serviceSubject } from '../../../../main/domain/swarm/subject.js';
import { image, imageId } from '../arbitrary.js';
import { digest, web } from './support.js';

const service = (change: Partial<ServiceImages> = {}): ServiceImages => ({
  id: 'svc',
  name: 'web',
  labels: {},
  runs: true,
  image: web(9),
  previousImage: null,
  kept: [],
  volumes: [],
  hasData: false,
  isJob: false,
  neverStarts: false,
  platform: null,
  ...change,
});

describe('a service, as a check looks at it', () => {
  it('runs what its Spec names, whether or not this node has it', () => {
    const bare = serviceSubject(service(), [], 'web');
    expect(bare?.image).toBeNull();
    expect(bare?.container).toMatchObject({
      id: 'svc',
      name: 'web',
      imageId: digest(9),
      reference: '10.210.0.254:5000/web:1',
      state: 'running',
    });
    const here = image(3, { digests: [`10.210.0.254:5000/web@${digest(9)}`] });
    expect(serviceSubject(service(), [image(4), here], 'web')?.image).toBe(here);
  });

  it('without a digest runs what this node has under its tag, or nobody knows', () => {
    const here = image(3, { refs: ['web:latest'] });
    const plain = service({ image: 'web' });
    expect(serviceSubject(plain, [here], 'web')?.container.imageId).toBe(imageId(3));
    expect(serviceSubject(plain, [], 'web')).toBeNull();
  });

  it('is updated by a command of its own, and stays pinned where a person pinned it', () => {
    const pinned = service({ image: `web@${digest(9)}`, runs: false });
    const { container, owner } = serviceSubject(pinned, [], 'web.service') ?? {};
    expect(container).toMatchObject({ reference: `web@${digest(9)}`, state: 'created' });
    expect(owner?.command).toBe(`docker service update --image web@${digest(9)} web`);
  });
});

describe('a service of a stack', () => {
  const of = (image: string) =>
    service({
      labels: { 'com.docker.stack.namespace': 'shop', 'com.docker.stack.image': image },
    });

  it('stays pinned where its file names a digest', () => {
    const pinned = serviceSubject(of(`web:1@${digest(9)}`), [], 'web');
    expect(pinned?.container.reference).toBe(web(9));
    expect(serviceSubject(of('web:1'), [], 'web')?.container.reference).toBe(
      '10.210.0.254:5000/web:1',
    );
  });
});

describe('a service that no manager tells of', () => {
  const known = (answered: boolean) => ({
    swarm: { answered, elsewhere: false, services: [service()] },
  });

  it('is one that is remembered, by either of its names', () => {
    expect(isUntold(known(false), 'web')).toBe(true);
    expect(isUntold(known(false), 'web.service')).toBe(true);
    expect(isUntold(known(false), 'db')).toBe(false);
  });

  it('is none where one answers, or there is no swarm', () => {
    expect(isUntold(known(true), 'web')).toBe(false);
    expect(isUntold({ swarm: null }, 'web')).toBe(false);
  });
});

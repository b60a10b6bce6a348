import { describe, expect, it } from 'vitest';
import { isTakenBack, stackOf } from '../../../../main/domain/swarm/stack.js';
import { digest, service, web } from './support.js';

const labels = {
  'com.docker.stack.namespace': 'shop',
  'com.docker.stack.image': '10.210.0.254:5000/web:1',
};

describe("a stack's next deploy", () => {
  const ofStack = service({ labels });

  it('leaves the same tag with a new digest', () => {
    expect(isTakenBack(ofStack, web(2), digest(2))).toBe(false);
    expect(isTakenBack(ofStack, web(2), null)).toBe(false);
  });

  it("takes another tag back to the file's", () => {
    expect(isTakenBack(ofStack, web(2, '2'), digest(2))).toBe(true);
  });

  it('takes back what the tag no longer shows, for it resolves it anew', () => {
    expect(isTakenBack(ofStack, web(1), digest(2))).toBe(true);
  });

  it('takes back all but the digest that the file itself names', () => {
    const pinned = service({ labels: { ...labels, 'com.docker.stack.image': web(1) } });
    expect(isTakenBack(pinned, web(2), digest(2))).toBe(true);
    expect(isTakenBack(pinned, web(1), digest(2))).toBe(false);
  });

  it('reads a short name as docker does', () => {
    const image = `nginx:latest@${digest(1)}`;
    const short = service({ image, labels: { ...labels, 'com.docker.stack.image': 'nginx' } });
    expect(isTakenBack(short, `nginx:latest@${digest(2)}`, digest(2))).toBe(false);
  });

  it('goes by what the service has where no label tells of the file', () => {
    const { 'com.docker.stack.namespace': namespace } = labels;
    const bare = service({ labels: { 'com.docker.stack.namespace': namespace } });
    expect(stackOf(bare)).toEqual({ namespace: 'shop', image: null });
    expect(isTakenBack(bare, web(2), digest(2))).toBe(false);
    expect(isTakenBack(bare, web(2, '2'), digest(2))).toBe(true);
  });

  it('does nothing to a service of none', () => {
    expect(stackOf(service())).toBeNull();
    expect(isTakenBack(service(), web(2, '2'), null)).toBe(false);
  });
});

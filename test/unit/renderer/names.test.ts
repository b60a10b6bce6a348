import { describe, expect, it } from 'vitest';
import { tagParts } from '../../../renderer/app/common/names.js';

describe('tagParts', () => {
  it.each([
    ['myorg/api:1.12', 'myorg/api', ':1.12'],
    ['127.0.0.1:5000/web:stable', '127.0.0.1:5000/web', ':stable'],
    ['127.0.0.1:5000/web', '127.0.0.1:5000/web', ''],
    ['postgres', 'postgres', ''],
    ['postgres@sha256:0123', 'postgres@sha256:0123', ''],
  ])('%s', (name, repository, tag) => {
    expect(tagParts(name)).toEqual({ repository, tag });
  });
});

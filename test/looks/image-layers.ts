import type { ImageLayers } from '../../main/contract/image-layers.js';
import { DAY, NOW } from './base.js';

const id = (n: number) => `sha256:${n.toString(16).padStart(64, 'b')}`;
const others = ['myorg/api:1.13.1', 'myorg/api:1.12.2', 'myorg/worker:1.14.0', 'python:3.12'].map(
  (ref, n) => ({ id: id(n), refs: [ref] }),
);

const step = (instruction: string | null, text: string, age: number) => ({
  instruction,
  text,
  whole: instruction === 'RUN' ? `RUN /bin/sh -c ${text} # buildkit` : `${instruction} ${text}`,
  created: NOW - age * DAY,
});

/** An image of five layers, the last its own. */
export const imageLayers: ImageLayers = {
  layers: [
    ['debian', 117e6, 29, 0],
    ['deps', 587e6, 29, 1],
    ['python', 226e6, 14, 2],
    ['pip', 1.2e9, 2, 5],
    ['app', 198e6, 0, 6],
  ].map(([chainId, size, sharedWith, at]) => ({
    chainId: `sha256:${String(chainId)}`,
    size: Number(size),
    sharedWith: Number(sharedWith),
    sharers: others.slice(0, Math.min(others.length, Number(sharedWith))),
    step: Number(at),
  })),
  steps: [
    step('ADD', 'file:9ac5fce37b2a in /', 60),
    step('RUN', 'set -eux; apt-get update; apt-get install -y --no-install-recommends git gcc', 60),
    step('RUN', 'set -eux; wget -O python.tar.xz https://www.python.org/ftp/python/3.12', 58),
    step('ENV', 'PYTHON_VERSION=3.12.7', 58),
    step('WORKDIR', '/app', 33),
    step('RUN', 'pip install -r requirements.txt', 33),
    step('COPY', '. /app', 33),
    step('CMD', '["python", "-m", "api"]', 33),
  ],
  unjoined: null,
};

/** The same, squashed: one layer that no step made, and the history of others. */
export const squashedLayers: ImageLayers = {
  layers: [
    {
      chainId: `sha256:${'5'.repeat(64)}`,
      size: 2.1e9,
      sharedWith: 0,
      sharers: [],
      step: null,
    },
  ],
  steps: imageLayers.steps,
  unjoined: 'mismatch',
};

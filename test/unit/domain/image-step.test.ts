import { expect, it } from 'vitest';
import { stepText, withoutSecrets } from '../../../main/domain/image-step.js';

const hash = '9ac5fce37b2a4ee6ebeec8a0b2b2d1b7b86b1c2ee53d8f6d9f0a1f3c0f5a7b11';

it.each([
  [`/bin/sh -c #(nop) ADD file:${hash} in / `, 'ADD', `file:${hash.slice(0, 12)} in /`],
  ['/bin/sh -c #(nop)  CMD ["sh"]', 'CMD', '["sh"]'],
  ['/bin/sh -c apk add --no-cache curl', 'RUN', 'apk add --no-cache curl'],
  [
    'RUN /bin/sh -c pip install -r requirements.txt # buildkit',
    'RUN',
    'pip install -r requirements.txt',
  ],
  ['RUN |2 A=1 B=two words /bin/sh -c make all # buildkit', 'RUN', 'make all'],
  ['|1 A=1 /bin/sh -c make all', 'RUN', 'make all'],
  ['RUN /bin/bash -o pipefail -c curl x | sh # buildkit', 'RUN', 'curl x | sh'],
  ['/bin/bash -euo pipefail -c make', 'RUN', 'make'],
  ['RUN cmd /S /C mkdir app # buildkit', 'RUN', 'mkdir app'],
  ['COPY --chown=app . /app # buildkit', 'COPY', '--chown=app . /app'],
  [
    'RUN /bin/sh -c set -eux; \t apt-get update; \t rm -rf x',
    'RUN',
    'set -eux; apt-get update; rm -rf x',
  ],
  ['ENTRYPOINT ["/init"]', 'ENTRYPOINT', '["/init"]'],
  ['bazel build ...', null, 'bazel build ...'],
  ['COPYRIGHT notice', null, 'COPYRIGHT notice'],
])('%s is read as %s %s', (createdBy, instruction, text) => {
  expect(stepText(createdBy, 'imported')).toEqual({ instruction, text });
});

it('takes the comment where no command was recorded', () => {
  expect(stepText('', 'Imported from -')).toEqual({ instruction: null, text: 'Imported from -' });
  expect(stepText('  ', '')).toEqual({ instruction: null, text: '' });
});

it.each([
  ['|1 NPM_TOKEN=hunter2 /bin/sh -c npm ci', '|1 NPM_TOKEN=*** /bin/sh -c npm ci'],
  [
    'RUN |2 DB_PASSWORD=hunter2 and hunter2 MODE=fast /bin/sh -c make # buildkit',
    'RUN |2 DB_PASSWORD=*** MODE=fast /bin/sh -c make # buildkit',
  ],
  ['ENV PASSWORD=hunter2', 'ENV PASSWORD=***'],
  ['ENV PASSWORD="a \\" hunter2" LANG=C', 'ENV PASSWORD=*** LANG=C'],
  ['/bin/sh -c #(nop)  ENV API_KEY=hunter2', '/bin/sh -c #(nop)  ENV API_KEY=***'],
  ['ENV API_KEY two hunter2', 'ENV API_KEY ***'],
  ['ARG GIT_SECRET=hunter2', 'ARG GIT_SECRET=***'],
  ['ENV URL=https://me:hunter2@host.test/', 'ENV URL=***'],
  ['RUN /bin/sh -c TOKEN=hunter2 ./get # buildkit', 'RUN /bin/sh -c TOKEN=*** ./get # buildkit'],
])('%s shows no secret, whole or as read', (createdBy, whole) => {
  expect(withoutSecrets(createdBy)).toBe(whole);
  expect(stepText(createdBy, '').text).not.toContain('hunter2');
});

it('leaves what is no secret as it was', () => {
  const plain = 'ENV PATH=/usr/bin LANG=C.UTF-8 AUTHOR="me"';
  expect(withoutSecrets(plain)).toBe(plain);
});

/** Words for what was given, where `input-invalid` names it by a key (cli/input.ts). */
export const terms: Record<string, string> = {
  command: 'The command',
  option: 'The option',
  argument: 'The argument',
  'known-command': 'one of those that "careen --help" lists',
  'known-option': 'one of those that "--help" lists',
  'no-more': 'nothing more here; "--help" shows how it is written',
  value: 'a value; "--help" shows how it is written',
  time: 'a time such as 2026-11-24 or 2026-11-24T10:30:00Z',
  'plan-item': 'an ID or a name of something in the plan, or a group of it',
  'run-id': 'the ID of a clean-up, at least its first four digits; "careen history" lists them',
  'run-item': 'an ID or a name of an image that the run removed',
  'suggestion-key': 'beside it which suggestion; "careen suggest" lists them',
  size: 'a size such as 10GB or 512MiB',
  'item-kind': 'image, container, network, volume or build-cache',
  'asked-by': 'window, tray, cli, schedule, after-update, pressure, image-budget or check',
  'run-kind': 'clean, undo, update, rollback or release',
  'csv-or-json': 'either --csv or --json',
  template: 'laptop-64gb, ci-laptop or projects',
  'plan-made': 'nothing of the kind beside --plan, which is made already',
  'plan-or-policy': 'either --plan or --policy, since a plan has its policy in it',
  link: 'an https address in the labels of the new image',
  'container-or-all': 'names of containers, or --all',
  'one-container': 'the name of one container beside it',
  'until-or-off': 'either --until or --off',
  'update-mode': 'auto, notify, tell or ignore',
};

/** Acts that need a yes, by the name that `not-confirmed` gives them. */
export const acts: Record<string, string> = {
  clean: 'removing anything',
  undo: 'pulling images again',
  auto: 'removing things by itself',
  update: 'updating containers',
  rollback: 'going back to another version',
  release: 'giving up what is kept',
  'auto-update': 'updating by itself',
};

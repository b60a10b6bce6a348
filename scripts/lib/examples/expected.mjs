/** @typedef {import('./facts.mjs').Story} Story */

/**
 * What an example is to come to, out of a story's few words: `goes RULE`, `protected RULE`,
 * `kept RULE`, `new`, `no rule`, or the code of a hold.
 * @param {string} says
 */
function verdictOf(says) {
  const [word = '', rule = null] = says.split(' ');
  /**
   * @param {string} kind
   * @param {string} code
   * @param {string | null} of
   */
  const by = (kind, code, of = null) => ({ kind, code, rule: of });
  if (says === 'no rule') return { verdict: 'keep', decidedBy: by('default', 'no-rule') };
  switch (word) {
    case 'goes':
      return { verdict: 'remove', decidedBy: by('remove', 'rule', rule) };
    case 'protected':
      return {
        verdict: 'keep',
        decidedBy: rule ? by('protect', 'rule', rule) : by('protect', 'container-label'),
      };
    case 'kept':
      return { verdict: 'keep', decidedBy: by('keep', 'rule', rule) };
    case 'new':
      return { verdict: 'keep', decidedBy: by('grace', 'grace') };
    default:
      return { verdict: 'keep', decidedBy: by('hold', word) };
  }
}

/**
 * Verdicts in the inventory's order; the plan's items by ID; what a run by itself takes of them.
 * @param {Story} story
 */
export function expectedOf({ images, others = [], byItself = [] }) {
  /** @param {string} key */
  const idOf = (key) =>
    images.find((one) => one.key === key || one.facts.refs.includes(key))?.facts.id ?? key;
  /**
   * @param {string} kind
   * @param {string} id
   * @param {string[]} refs
   * @param {string | null} plan
   */
  const item = (kind, id, refs, plan) => ({
    kind,
    id,
    refs,
    ticked: plan === 'ticked',
    group: plan === 'ticked' || plan === 'by name' ? null : plan,
  });
  const going = images.filter(({ says }) => says.startsWith('goes'));
  for (const { facts, plan } of going)
    if (plan === null) throw new Error(`${facts.refs[0] ?? facts.id} goes: where in the plan?`);
  const plan = [
    ...going.map(({ facts, plan: place }) => item('image', facts.id, facts.refs, place)),
    ...others.map(({ kind, id, refs, plan: place }) => item(kind, id, refs, place)),
  ];
  return {
    verdicts: images.map(({ facts, says }) => ({
      id: facts.id,
      refs: facts.refs,
      ...verdictOf(says),
    })),
    plan: plan.sort((a, b) => (a.id < b.id ? -1 : 1)),
    byItself: byItself.map(idOf).sort(),
  };
}

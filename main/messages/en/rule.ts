import type { RuleName, RuleSubject } from '../../domain/policy/rule-name.js';
import { shortName } from '../short.js';
import { list } from './format.js';

/**
 * A rule as it stands in a sentence, also after "by" and in brackets: by its ID, or by what it
 * selects where it has none. Its place in the file says nothing to whoever did not write it.
 */
export const rule = ({ rule: id, subject }: RuleName): string =>
  subject === undefined ? `rule “${id}”` : words(subject);

/** The same as what does something: at the head of a sentence's clause. */
export const theRule = (name: RuleName): string =>
  name.subject === undefined ? rule(name) : `the rule (${rule(name)})`;

function words({ by, of }: RuleSubject): string {
  switch (by) {
    case 'toggle':
      return 'you';
    case 'name':
      return `name: ${list(of.map(shortName))}`;
    case 'label':
      return `label ${list(of)}`;
    case 'project':
      return of.length > 1 ? 'project' : of[0] === 'gone' ? 'a project gone' : 'a project here';
    case 'platform':
      return `platform ${list(of)}`;
    case 'origin':
      return `origin: ${list(of)}`;
    case 'size':
      return `size over ${list(of)}`;
    case 'untagged':
      return 'having no name';
    case 'all':
      return 'the rule for all images';
  }
}

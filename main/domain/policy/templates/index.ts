import { defaultPolicyText } from '../default.js';
import { careful } from './careful.js';
import { ciLaptop } from './ci-laptop.js';
import { laptop64gb } from './laptop-64gb.js';
import { projects } from './projects.js';
import { tight } from './tight.js';

/**
 * Policies to begin with. The first three are one another's: what the careful one removes, the
 * balanced one does too, and what that removes, the tight one.
 */
export const templates = {
  careful,
  balanced: defaultPolicyText,
  tight,
  'laptop-64gb': laptop64gb,
  'ci-laptop': ciLaptop,
  projects,
};

export type TemplateName = keyof typeof templates;

export const templateNames = Object.keys(templates) as [TemplateName, ...TemplateName[]];

import { ciLaptop } from './ci-laptop.js';
import { laptop64gb } from './laptop-64gb.js';
import { projects } from './projects.js';

/** Policies to begin with, for those whom the default does not suit. */
export const templates = {
  'laptop-64gb': laptop64gb,
  'ci-laptop': ciLaptop,
  projects,
};

export type TemplateName = keyof typeof templates;

export const templateNames = Object.keys(templates) as [TemplateName, ...TemplateName[]];

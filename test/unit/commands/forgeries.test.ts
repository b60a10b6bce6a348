import { describe, expect, it } from 'vitest';
import { type CommandName, commands } from '../../../main/contract/commands.js';
import { forgeriesOf, takenBy } from '../../support/forgeries.js';

describe.each(Object.keys(commands) as CommandName[])('parameters of %s', (name) => {
  const isTaken = (params: unknown) => commands[name].params.safeParse(params).success;

  it('are taken where they are right', () => {
    expect(takenBy(name).filter((params) => !isTaken(params))).toEqual([]);
  });

  it('are refused where anything of them is forged', () => {
    const forgeries = forgeriesOf(name);
    expect(forgeries.length).toBeGreaterThan(8);
    expect(forgeries.filter(({ params }) => isTaken(params)).map(({ what }) => what)).toEqual([]);
  });
});

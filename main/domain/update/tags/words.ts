/** Words of a tag that say "not released yet", in the order of their coming. */
const preReleases: readonly (readonly string[])[] = [
  ['dev', 'develop', 'snapshot', 'nightly', 'canary', 'unstable', 'experimental', 'edge', 'next'],
  ['pre', 'preview', 'ea', 'insiders', 'testing', 'test', 'incubating'],
  ['alpha', 'a'],
  ['beta', 'b', 'milestone', 'm'],
  ['rc', 'cr', 'c', 'candidate'],
];

/** The place of a pre-release's word among such; null where it is none. */
export function preReleaseRank(word: string): number | null {
  const rank = preReleases.findIndex((words) => words.includes(word.toLowerCase()));
  return rank < 0 ? null : rank;
}

const builds: ReadonlySet<string> = new Set(
  'build,bld,b,r,rev,revision,p,pl,patch,post,ls,u,update,cu,gdr,sp,ce,ee,hotfix,security'.split(
    ',',
  ),
);

/** Whether the number behind a word counts builds of one version: `-ls45`, `-r14`, `8u432`. */
export const countsBuilds = (word: string) => builds.has(word.toLowerCase());

const distributions: ReadonlySet<string> = new Set(
  (
    'alpine,debian,deb,ubuntu,ubi,rhel,el,fedora,centos,rocky,rockylinux,almalinux,oraclelinux,ol,' +
    'amazonlinux,al,opensuse,leap,photon,azurelinux,mariner'
  ).split(','),
);

/**
 * Whether the number behind a word is that of the distribution below, which may rise with a new
 * version: `-alpine3.20`. Any other number, as in `-php8.3` or `-jdk17`, was chosen.
 */
export const isDistribution = (word: string) => distributions.has(word.toLowerCase());

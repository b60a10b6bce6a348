/** For many builds of one tag: each leaves the one before it untagged. */
export const ciLaptop = `# Careen's policy for a laptop that builds the same tags many times a day. Every build takes the tag
# from the one before it, which stays behind without a name.
# Keep beats remove; what no rule matches is kept.
version: 1
# By itself Careen takes only what it has proved it can pull again, and untagged builds that nothing
# is built on.
mode: auto                    # what triggers may do: suggest | confirm | auto

# Never removed. A pattern without a tag means any tag or digest.
protect:
  - { labels: { careen.keep: "true" } }

keep:
  - { id: newest, match: "**", last: 3, usedWithin: 14d }     # an image without a tag is none of these
  - { id: lately, match: "**", usedWithin: 2d }

remove:
  - { id: untagged, untagged: true, unusedFor: 2h }
  - { id: stale, match: "**", origin: pulled, unusedFor: 14d }
  - { id: old-builds, match: "**", origin: [built, loaded, unknown], unusedFor: 14d, mode: confirm }

grace: 1h                     # longer than your longest build
rollback: { versions: 1, for: 3d }

containers: { enabled: true, exitedFor: 2d }     # those that tests left behind; their volumes stay
networks:   { enabled: true, unusedFor: 2d }
buildCache: { enabled: true, unusedFor: 2d, keep: 10GB }     # enough that the next build is a quick one

triggers:
  schedule: "0 */4 * * *"     # every four hours
  pressure: { high: 85%, low: 70%, cooldown: 1h }

limits: { maxItems: 200, maxBytes: 40GB, pause: 100ms }

update:
  check: { every: 24h }       # what is built here is not looked for in a registry
  default: { mode: notify, tags: same }
`;

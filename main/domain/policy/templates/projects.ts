/** For many projects, most of them down at any time. */
export const projects = `# Careen's policy for someone with many projects, most of them down: what a Compose or dev-container
# project used stays as long as the project's folder stands, also after "docker compose down".
# Keep beats remove; what no rule matches is kept.
version: 1
mode: confirm                 # what triggers may do: suggest | confirm | auto

# Never removed. A pattern without a tag means any tag or digest.
protect:
  - { labels: { careen.keep: "true" } }

keep:
  - { id: projects, project: present }
  - { id: lately, match: "**", usedWithin: 7d }

remove:
  - { id: untagged, untagged: true, unusedFor: 3d }
  - { id: gone, project: gone, origin: pulled, unusedFor: 7d }     # every project that used it is gone
  - { id: gone-builds, project: gone, origin: [built, loaded, unknown], unusedFor: 14d, mode: confirm }
  - { id: stale, match: "**", origin: pulled, unusedFor: 60d }     # pulled by hand, and forgotten
  - { id: stale-builds, match: "**", origin: [built, loaded, unknown], unusedFor: 60d, mode: confirm }

grace: 24h
rollback: { versions: 1, for: 7d }

containers: { enabled: false, exitedFor: 14d }     # a stopped project's containers are its own
networks:   { enabled: false, unusedFor: 14d }
buildCache: { enabled: false, unusedFor: 14d, keep: 10GB }

triggers:
  schedule: "0 12 * * *"
  afterUpdate: true
  pressure: { high: 85%, low: 75%, cooldown: 6h }

limits: { maxItems: 50, maxBytes: 20GB, pause: 250ms }

update:
  check: { every: 24h }       # what is down is looked at too, and updated only by name
  default: { mode: notify, tags: same }
`;

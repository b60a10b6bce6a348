/** Places in the window, as its `location.hash` names them. */
export const ROUTE = {
  overview: '/overview',
  cleanUp: '/cleanup',
  updates: '/updates',
  engines: '/engines',
  plan: (id: string) => `/cleanup/${encodeURIComponent(id)}`,
  /** What a question is about: its plan, or the disk where it has none. */
  question: (planId: string | null) => (planId === null ? ROUTE.overview : ROUTE.plan(planId)),
  run: (id: string) => `/history/${encodeURIComponent(id)}`,
};

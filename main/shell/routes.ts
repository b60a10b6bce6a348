/** Places in the window, as its `location.hash` names them. */
export const ROUTE = {
  overview: '/overview',
  cleanUp: '/cleanup',
  updates: '/updates',
  plan: (id: string) => `/cleanup/${encodeURIComponent(id)}`,
  run: (id: string) => `/history/${encodeURIComponent(id)}`,
};

/** What native dialogs ask, where no page could answer for a person. */
export const dialog = {
  cancel: 'Cancel',
  keepRunning: 'Keep running',
  saveAs: 'Write the history to a file',
  chooseSocket: "Choose a Docker engine's socket",
  /** Before Careen uses an engine that it did not find by itself. */
  widen: (endpoint: string) => ({
    title: 'Use this Docker engine?',
    body: `Careen did not find ${endpoint} by itself. If you agree, it reads the images and containers there, and cleans them up when you tell it to.`,
    agree: 'Use this engine',
  }),
};

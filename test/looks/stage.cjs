const { app } = require('electron');

// The windows are opened by the test; without this the app would end with the first of them.
app.on('window-all-closed', () => undefined);

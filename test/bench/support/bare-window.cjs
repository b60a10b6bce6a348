/** The least that an Electron window can be: what Careen's page holds is measured beside it. */
const { app, BrowserWindow } = require('electron');

void app.whenReady().then(async () => {
  const window = new BrowserWindow({
    width: 1180,
    height: 760,
    webPreferences: { sandbox: true, contextIsolation: true },
  });
  await window.loadURL('data:text/html,<title>Bare</title>');
  process.stdout.write(String(window.webContents.getOSProcessId()));
});

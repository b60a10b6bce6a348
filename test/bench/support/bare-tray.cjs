/** The least that an app with nothing but a tray can be: what Careen costs is measured beside it. */
const path = require('node:path');
const { app, Menu, Tray } = require('electron');

/** Held for as long as the app runs: an icon that is collected is gone. */
let tray;

void app.whenReady().then(() => {
  tray = new Tray(path.join(__dirname, '../../../resources/tray/normal.png'));
  tray.setToolTip('Bare');
  tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Quit', click: () => app.quit() }]));
});

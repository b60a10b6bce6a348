/** The command line's entry; the commands follow. */
process.stderr.write('careen: no command is there yet\n');
process.exitCode = 2;

@echo off
rem The careen command, run by the Node of whoever calls it.
where node >nul 2>nul || (echo careen: no Node on the PATH; it needs Node 20.19 or newer 1>&2 & exit /b 1)
node "%~dp0careen.cjs" %*

/** The platform as Node names it, from what the page knows of its browser. */
export function platformOf(userAgent: string): 'linux' | 'darwin' | 'win32' {
  if (userAgent.includes('Windows')) return 'win32';
  return userAgent.includes('Mac OS X') ? 'darwin' : 'linux';
}

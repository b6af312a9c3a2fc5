const loopback = /^(localhost|127\.[\d.]+|\[::1\])$/;

/** Whether a URL leads to this machine. */
export function isLoopback(url: string): boolean {
  return loopback.test(new URL(url).hostname);
}

/** Whether no one on the way to a URL can read what is sent: over https, or on this machine. */
export function isPrivate(url: string): boolean {
  return new URL(url).protocol === 'https:' || isLoopback(url);
}

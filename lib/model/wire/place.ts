/** Where a server is, taken apart for connecting. */

export interface ServerPlace {
  /** Scheme, host and port, without a trailing slash and without credentials: what is shown and connected to. */
  readonly origin: string
  /** A path in front of the server's own, without a trailing slash; `""` when there is none. */
  readonly basePath: string
  /** From `user:password@` in the URL. */
  readonly authorization?: string
}

/** Takes a URL apart for connecting: credentials become a header, the path keeps no trailing slash. */
export function serverPlace(url: URL): ServerPlace {
  const { username, password } = url
  const authorization =
    username || password
      ? { authorization: `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}` }
      : {}
  return { origin: url.origin, basePath: url.pathname.replace(/\/+$/, ''), ...authorization }
}

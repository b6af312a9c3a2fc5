/** What the exit code of `coffee` says to a script. */
export const exitCodes = {
  ok: 0,
  /** The server refused, an order failed, or an execution ended FAILED. */
  failed: 1,
  /** The command line is wrong. */
  usage: 2,
  /** No server answers, or it is too busy: the same command can be given again later. */
  noAnswer: 3,
  notFound: 4,
  /** Only an embedded server can do it, and this is a deployed gateway. */
  notServed: 5,
  /** Ctrl-C, as a shell counts it: 128 and the number of the signal. */
  interrupted: 130,
  /** The reader of the output went away: SIGPIPE, counted likewise. */
  brokenPipe: 141,
} as const;

/** The same, for `--help`. */
export const exitCodesHelp = `Exit codes:
  0    all went well
  1    the server refused, an order failed, or an execution ended FAILED
  2    the command line is wrong
  3    no server answers, or it is too busy; try again later
  4    there is no such order, invoice or execution
  5    a deployed gateway cannot do this, only an embedded server can
  130  interrupted by Ctrl-C`;

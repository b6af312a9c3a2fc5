/** The time now, in milliseconds since 1970 UTC. Adapters take one, so that leases and expiries can be tested. */
export type Clock = () => number;

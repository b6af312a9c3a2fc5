import type { Principal } from '@coffee/domain';
import { useSyncExternalStore } from 'react';
import { session } from '../api/queries.ts';
import type { SessionState } from './session.ts';

export const useSessionState = (): SessionState => useSyncExternalStore(session.subscribe, () => session.state);

const anyone: Principal = { kind: 'anyone' };

/**
 * For whom the console chooses what it shows. Anyone sees everything, as in an open system; the server decides what is read,
 * also when only the server can tell who is calling.
 */
export function useCaller(): Principal {
  const state = useSessionState();
  return (state.kind === 'signed-in' ? state.caller : undefined) ?? anyone;
}

/** What the console calls a caller: `Customer a0`. */
export function nameOf(caller: Principal | undefined): string {
  if (caller?.kind === 'customer') return `Customer ${caller.accountid}`;
  if (caller?.kind === 'vendor') return `Vendor ${caller.vendorid}`;
  return caller?.kind === 'operator' ? 'Operator' : 'Signed in';
}

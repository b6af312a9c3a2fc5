import type { Fault } from '@coffee/adapter-memory';
import { unavailableAfter, unavailableBefore } from '@coffee/adapter-memory';
import * as fc from 'fast-check';

/** Up to four calls that fail, before their effect or after it. */
export const faultScript: fc.Arbitrary<Fault[]> = fc
  .array(fc.constantFrom('before', 'after'), { maxLength: 4 })
  .map((script) => script.map((when) => (when === 'before' ? unavailableBefore() : unavailableAfter())));

import { portMethods, portNames, rejection } from '@coffee/api';
import { Hono } from 'hono';
import { parseFault } from '../faults/parse-fault.ts';
import type { PortFaults } from '../faults/port-faults.ts';
import type { CallerEnv } from './callers.ts';
import { wantOperator } from './callers.ts';
import { answerFresh, answerProblem, readJsonBody } from './messages.ts';

/** Makes the ports fail on purpose, so that a person can watch the retries work. */
export function faultRoutes(faults: Pick<PortFaults, 'list' | 'set' | 'clear'>): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();
  const targets = portNames.map((port) => ({ port, methods: portMethods[port] }));
  const list = () => ({ targets, faults: faults.list() });

  routes.use('/faults', wantOperator);

  routes.get('/faults', (context) => answerFresh(context, list()));

  routes.put('/faults', async (context) => {
    const body = await readJsonBody(context.env.incoming);
    if (!body.success) return answerProblem(context, body.problem);
    const parsed = parseFault(body.value);
    if (!parsed.success) return answerProblem(context, rejection('FaultRejected', parsed.issues));
    faults.set(parsed.fault);
    return context.json(list());
  });

  routes.delete('/faults', (context) => {
    faults.clear();
    return context.body(null, 204);
  });

  return routes;
}

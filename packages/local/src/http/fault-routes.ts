import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { portMethods, portNames } from '../faults/fault-targets.ts';
import { parseFault } from '../faults/parse-fault.ts';
import type { PortFaults } from '../faults/port-faults.ts';
import { answerProblem } from './problem-response.ts';
import { readJsonBody } from './read-json-body.ts';

const targets = portNames.map((port) => ({ port, methods: portMethods[port] }));

/** Makes the ports fail on purpose, so that a person can watch the retries do their work. */
export function faultRoutes(faults: PortFaults): Hono<{ Bindings: HttpBindings }> {
  const routes = new Hono<{ Bindings: HttpBindings }>();
  const list = () => ({ targets, faults: faults.list() });

  routes.get('/faults', (context) => {
    context.header('Cache-Control', 'no-store');
    return context.json(list());
  });

  routes.put('/faults', async (context) => {
    const body = await readJsonBody(context, context.env.incoming);
    if (!body.success) return body.answer;
    const parsed = parseFault(body.value);
    if (!parsed.success) {
      const { issues } = parsed;
      const detail = issues.map(({ message }) => message).join('; ');
      return answerProblem(context, 400, 'FaultRejected', detail, { issues });
    }
    faults.set(parsed.fault);
    return context.json(list());
  });

  routes.delete('/faults', (context) => {
    faults.clear();
    return context.body(null, 204);
  });

  return routes;
}

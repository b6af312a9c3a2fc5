import * as z from 'zod/mini';
import type { PortName } from '../../faults/fault-targets.ts';
import { portMethods, portNames } from '../../faults/fault-targets.ts';
import { noted } from './schema-registry.ts';
import { nextNumber, orderId, time } from './value-schemas.ts';

export const health = noted(z.object({ status: z.literal('ok') }), { id: 'Health' });

const mail = noted(
  z.object({
    id: orderId,
    subject: z.string(),
    text: z.string(),
    attributes: z.object({ eventtype: z.array(z.string()), accountid: z.string(), vendorid: z.string() }),
    sentAt: time('When it arrived'),
    sequence: noted(z.int(), { description: 'Its number in the order of arrival, from 1.' }),
  }),
  { id: 'Mail', description: 'The mail about an order.' },
);

export const mailPage = noted(z.object({ mails: z.array(mail), next: nextNumber }), {
  id: 'MailPage',
  description: 'Mails, newest first.',
});

const port = z.enum(portNames);

const times = noted(z.union([z.int().check(z.gte(1), z.lte(1_000_000)), z.literal('always')]), {
  description: 'How many calls it strikes.',
});

const milliseconds = noted(z.int().check(z.gte(1), z.lte(60_000)), { description: 'How much longer a call takes.' });

const faultsOf = (name: PortName) => {
  const call = { port: z.literal(name), method: z.enum(portMethods[name]) };
  return [
    z.strictObject({ ...call, kind: z.enum(['before', 'after']), times }),
    z.strictObject({ ...call, kind: z.literal('slow'), milliseconds, times }),
  ];
};

export const fault = noted(z.union(portNames.flatMap(faultsOf)), {
  id: 'Fault',
  description: 'A way for a port to fail on purpose: before its effect, after it (the answer is lost), or slowly.',
});

export const faultList = noted(
  z.object({ targets: z.array(z.object({ port, methods: z.array(z.string()) })), faults: z.array(fault) }),
  { id: 'FaultList', description: 'What can be made to fail, and what does.' },
);

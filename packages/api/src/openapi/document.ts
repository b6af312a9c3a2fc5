import type { Menu } from '@coffee/domain';
import { orderSchema } from '@coffee/domain';
import * as z from 'zod/mini';
import type { CreateDocumentOptions } from 'zod-openapi';
import { createDocument } from 'zod-openapi';
import { order } from '../schemas/orders.ts';
import { noted } from '../schemas/values.ts';
import { examplesOf } from './examples.ts';
import { describeOperation } from './operation.ts';
import type { Paths } from './paths.ts';
import { embeddedPaths, publicPaths } from './paths.ts';

/** The first number grows when a change breaks compatibility (docs/adr/0010-api-description.md). */
const version = '3.2.0';

const tags = [
  { name: 'Orders', description: 'The API, embedded and on AWS.' },
  {
    name: 'Embedded server',
    description: 'What the embedded server offers besides, for the person at this machine.',
  },
] as const;

const description = `Coffee, ordered ahead. An order starts an execution of a state
machine, which stores it, adds it to the account's invoice of the month and sends one message.

JSON in, JSON out. An error is \`application/problem+json\` (RFC 9457) with a stable \`code\`. A method
that a path does not have gets 405 with \`Allow\`. The embedded server answers 403 \`HostRejected\` to a \`Host\`
that does not name this machine. Answers may gain members: ignore those you do not know.

Where a system trusts an issuer of tokens, every call needs one (401 \`Unauthorized\`). A customer places and reads
orders of its own account, a vendor reads those at its counter, an operator sees all. What belongs to others is answered
as if it did not exist.`;

/** Tokens are optional: an open system asks for none. */
const bearer = {
  type: 'http',
  scheme: 'bearer',
  bearerFormat: 'JWT',
  description: 'An access token of the issuer that the system trusts.',
} as const;

const issue = noted(
  z.object({
    path: noted(z.array(z.union([z.string(), z.int()])), {
      description: 'Where: the keys from the body or query inward.',
    }),
    code: noted(z.string(), { description: 'Which rule, like `wrong_price`.' }),
    message: z.string(),
  }),
  { id: 'Issue', description: 'One broken rule.' },
);

const problem = noted(
  z.object({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: noted(z.string(), { description: 'What went wrong, for programs.' }),
    issues: z.optional(noted(z.array(issue), { description: 'The first 100.' })),
    moreIssues: z.optional(noted(z.int(), { description: 'How many issues there are besides.' })),
  }),
  { id: 'Problem', description: 'An error as RFC 9457 writes it, with a stable `code`.' },
);

/** The JSON Schema of an order of a menu. A number is fixed by its limits: not every generator knows a constant of type number. */
function describeOrder(menu: Menu) {
  const { $schema: _dialect, ...described } = z.toJSONSchema(orderSchema(menu), {
    override: ({ jsonSchema }) => {
      const { const: fixed } = jsonSchema;
      if (typeof fixed !== 'number') return;
      delete jsonSchema.const;
      Object.assign(jsonSchema, { minimum: fixed, maximum: fixed });
    },
  });
  return described;
}

/** Adjusts what zod writes: orders depend on the menu, answers may gain members, integers have no implied limits. */
function overrideFor(menu: Menu): NonNullable<CreateDocumentOptions['override']> {
  const orderOfMenu = describeOrder(menu);
  return ({ zodSchema, jsonSchema, io }) => {
    if ((zodSchema as unknown) === order) Object.assign(jsonSchema, orderOfMenu);
    const { def } = zodSchema._zod;
    if (io === 'output' && def.type === 'object' && def.catchall === undefined) delete jsonSchema.additionalProperties;
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  };
}

const mapValues = <In, Out>(values: Readonly<Record<string, In>>, change: (value: In) => Out): Record<string, Out> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
const describePaths = (tag: string, paths: Paths) =>
  mapValues(paths, (operations) => mapValues(operations, (operation) => describeOperation(tag, operation)));

/** An OpenAPI document, as zod-openapi types it. */
export type OpenApiDocument = ReturnType<typeof createDocument>;

/** The OpenAPI 3.1 document of the system with this menu, at this origin. Without one, its addresses are relative. */
export function openApiDocument({
  menu,
  origin = '/',
}: {
  readonly menu: Menu;
  readonly origin?: string;
}): OpenApiDocument {
  const examples = examplesOf(menu);
  const [orders, embedded] = tags;
  return createDocument(
    {
      openapi: '3.1.1',
      info: { title: 'Coffee orders', version, description, license: { name: 'MIT', identifier: 'MIT' } },
      servers: [{ url: origin }],
      security: [{}, { bearer: [] }],
      tags: [...tags],
      paths: {
        ...describePaths(orders.name, publicPaths(examples)),
        ...describePaths(embedded.name, embeddedPaths(menu, examples)),
      },
      components: { schemas: { Problem: problem }, securitySchemes: { bearer } },
    },
    { override: overrideFor(menu), allowEmptySchema: { unknown: true } },
  );
}

import type { Menu } from '@coffee/domain';
import { defaultMenu } from '@coffee/domain';
import { componentSchemas } from './component-schemas.ts';
import { embeddedPaths } from './embedded-paths.ts';
import { examplesOf } from './examples.ts';
import { describeOperation } from './operation.ts';
import type { Paths } from './public-paths.ts';
import { publicPaths } from './public-paths.ts';

/** The first number grows when a change breaks compatibility (docs/adr/0010-api-description.md). */
const version = '1.0.0';

const tags = [
  { name: 'Orders', description: 'The API, embedded and on AWS.' },
  {
    name: 'Embedded server',
    description: 'What the embedded server answers beside it, for the person at this machine.',
  },
] as const;

const description = `Coffee, ordered ahead. An order starts an execution of a state
machine, which stores it, adds it to the account's invoice of the month and sends one mail.

JSON in, JSON out. An error is \`application/problem+json\` (RFC 9457) with a stable \`code\`. A method
that a path does not have is answered 405 with \`Allow\`. Answers may get more members: ignore what you do not know.`;

type Json = Readonly<Record<string, unknown>>;

function pathItems(tag: string, paths: Paths, extra: Json = {}): Json {
  return Object.fromEntries(
    Object.entries(paths).map(([path, operations]) => {
      const described = Object.entries(operations).map(([method, operation]) => [
        method,
        describeOperation(tag, operation),
      ]);
      return [path, { ...extra, ...Object.fromEntries(described) }];
    }),
  );
}

/** The OpenAPI 3.1 document of the system with this menu, at this origin. Without one, its addresses are relative. */
export function openApiDocument(options: { readonly menu?: Menu; readonly origin?: string } = {}) {
  const { menu = defaultMenu, origin = '' } = options;
  const examples = examplesOf(menu);
  const [orders, embedded] = tags;
  const document = {
    openapi: '3.1.1',
    info: { title: 'Coffee orders', version, description, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: `${origin}/prod` }],
    tags,
    paths: {
      ...pathItems(orders.name, publicPaths(menu, examples)),
      ...pathItems(embedded.name, embeddedPaths(menu, examples), { servers: [{ url: origin === '' ? '/' : origin }] }),
    },
    components: { schemas: componentSchemas(menu) },
  };
  return JSON.parse(JSON.stringify(document)) as typeof document;
}

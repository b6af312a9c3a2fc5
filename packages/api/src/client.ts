import type { Invoice, Menu, Order, PlacedOrder } from '@coffee/domain';
import createFetchClient from 'openapi-fetch';
import type { components, paths } from './generated/paths.ts';
import type { Issue, Problem } from './problems.ts';
import type { AcceptedOrder, InvoiceLink, InvoicePage, OrderPage } from './schemas/orders.ts';
import type {
  Execution,
  ExecutionPage,
  ExecutionState,
  Fault,
  FaultList,
  Issuer,
  MailPage,
  OrderState,
  Workflow,
} from './schemas/runtime.ts';

type Under<Prefix extends string> = {
  [Path in keyof paths as Path extends `${Prefix}${infer Rest}` ? Rest : never]: paths[Path];
};
type Embedded = Omit<paths, `/prod/${string}`>;
type QueryOf<Path extends keyof paths> = paths[Path] extends { get: { parameters: { query?: infer Query } } }
  ? Exclude<Query, undefined>
  : never;

/** The server refused a request. The problem is the server's own, or made from the status when the answer has none. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly problem: Problem;
  /** Its body has been read; its headers, like `Location` and `Retry-After`, are there to use. */
  readonly response: Response;

  constructor(problem: Problem, response: Response) {
    super(problem.detail);
    this.problem = problem;
    this.response = response;
  }

  /** Reads the problem of an answer, also that of a gateway that writes `{ "message": … }`. */
  static async of(response: Response): Promise<ApiProblem> {
    const { status, statusText } = response;
    const title = statusText === '' ? `HTTP ${status}` : statusText;
    const { message, ...members } = parseObject(await response.text());
    const detail = typeof message === 'string' ? message : title;
    const problem = { type: 'about:blank', title, status, detail, code: `Http${status}`, ...members };
    return new ApiProblem(problem as Problem, response);
  }

  get code(): string {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }

  get issues(): readonly Issue[] {
    return this.problem.issues ?? [];
  }
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {}; // HTML of a proxy
  }
}

/** Where the API is, and how it is reached. */
export interface ClientOptions {
  /** An origin, like `http://127.0.0.1:3000`, or the URL of a stage, like `https://api.example/prod`. */
  readonly baseUrl: string;
  /** Sends a request; defaults to the global `fetch`. To send one again, send a clone of it. */
  readonly fetch?: (request: Request) => Promise<Response>;
  /** The access token, sent to the origin of `baseUrl` only. An open system asks for none. */
  readonly token?: TokenSource | undefined;
}

/** A token, or a function that returns a valid one for each request; `undefined` sends none. */
export type TokenSource = string | (() => string | undefined | Promise<string | undefined>);

/** Options of every call. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** The base URL of the API's stage: a URL without a path gets `/prod`. */
export function stageOf(baseUrl: string): string {
  const { origin, pathname } = new URL(baseUrl);
  const path = pathname.replace(/\/+$/, '');
  return `${origin}${path === '' ? '/prod' : path}`;
}

/**
 * A client of the API, for browsers and Node.js. Each call resolves to the answer, throws {@link ApiProblem} when the
 * server refuses, and what `fetch` throws when there is no answer. Only an embedded server has calls besides the API.
 */
export function createClient({ baseUrl, fetch = (request) => globalThis.fetch(request), token }: ClientOptions) {
  const stage = stageOf(baseUrl);
  const { origin } = new URL(stage);
  const api = createFetchClient<Under<'/prod'>>({ baseUrl: stage, fetch });
  const embedded = createFetchClient<Embedded>({ baseUrl: origin, fetch });

  async function answered<T>(call: Promise<{ readonly data?: T; readonly response: Response }>): Promise<T> {
    return (await call).data as T;
  }
  const onRequest = async ({ request }: { readonly request: Request }) => {
    const sent = typeof token === 'function' ? await token() : token;
    if (sent !== undefined) request.headers.set('authorization', `Bearer ${sent}`);
  };
  const onResponse = async ({ response }: { readonly response: Response }) => {
    if (!response.ok) throw await ApiProblem.of(response);
  };
  api.use({ onRequest, onResponse });
  embedded.use({ onRequest, onResponse });

  return {
    /** The base URL of the API with its stage. */
    stage,
    /** The origin, where an embedded server has its other calls. */
    origin,

    /** Places an order. Repeating key and order while the first is being handled gets the first answer. */
    placeOrder(order: Order, options: CallOptions & { readonly idempotencyKey?: string } = {}): Promise<AcceptedOrder> {
      const { idempotencyKey, ...init } = options;
      const header = idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey };
      return answered(
        api.POST('/order', { ...init, params: { header }, body: { order: order as components['schemas']['Order'] } }),
      );
    },
    getOrder(
      query: { readonly accountid: string; readonly vendorid: string },
      init?: CallOptions,
    ): Promise<PlacedOrder> {
      return answered(api.GET('/order', { ...init, params: { query } }));
    },
    /** The state of an order. */
    getExecution(orderid: string, init?: CallOptions): Promise<OrderState> {
      return answered(api.GET('/order/{orderid}', { ...init, params: { path: { orderid } } }));
    },
    /** A signed link to an invoice. */
    getInvoice(objectKey: string, init?: CallOptions): Promise<InvoiceLink> {
      return answered(api.GET('/invoice', { ...init, params: { query: { objectKey } } }));
    },
    /** The invoice that a signed link leads to. */
    async openInvoice(url: string, init: CallOptions = {}): Promise<Invoice> {
      const response = await fetch(new Request(url, init));
      await onResponse({ response });
      return (await response.json()) as Invoice;
    },

    /** Whose tokens the server trusts; empty where it is open. */
    getIssuer: (init?: CallOptions): Promise<Issuer> => answered(embedded.GET('/issuer', { ...init })),
    getMenu: (init?: CallOptions): Promise<Menu> => answered(embedded.GET('/menu', { ...init })),
    getWorkflow: (init?: CallOptions): Promise<Workflow> => answered(embedded.GET('/workflow', { ...init })),
    getHealth: (init?: CallOptions): Promise<{ status: 'ok' }> => answered(embedded.GET('/healthz', { ...init })),
    listOrders(query: QueryOf<'/orders'> = {}, init?: CallOptions): Promise<OrderPage> {
      return answered(embedded.GET('/orders', { ...init, params: { query } }));
    },
    listInvoices(query: QueryOf<'/invoices'> = {}, init?: CallOptions): Promise<InvoicePage> {
      return answered(embedded.GET('/invoices', { ...init, params: { query } }));
    },
    listMails(query: QueryOf<'/mailbox'> = {}, init?: CallOptions): Promise<MailPage> {
      return answered(embedded.GET('/mailbox', { ...init, params: { query } }));
    },
    listExecutions(query: QueryOf<'/executions'> = {}, init?: CallOptions): Promise<ExecutionPage> {
      return answered(embedded.GET('/executions', { ...init, params: { query } }));
    },
    getExecutionHistory(orderid: string, init?: CallOptions): Promise<Execution> {
      return answered(embedded.GET('/executions/{orderid}', { ...init, params: { path: { orderid } } }));
    },
    redriveExecution(orderid: string, init?: CallOptions): Promise<ExecutionState> {
      return answered(embedded.POST('/executions/{orderid}/redrive', { ...init, params: { path: { orderid } } }));
    },
    /** Writes a copy of the embedded server's file to an absolute path on its machine. */
    backUp: (file: string, init?: CallOptions): Promise<{ file: string }> =>
      answered(embedded.POST('/backup', { ...init, body: { file } })),
    listFaults: (init?: CallOptions): Promise<FaultList> => answered(embedded.GET('/faults', { ...init })),
    setFault: (fault: Fault, init?: CallOptions): Promise<FaultList> =>
      answered(embedded.PUT('/faults', { ...init, body: fault as components['schemas']['Fault'] })),
    async clearFaults(init?: CallOptions): Promise<void> {
      await embedded.DELETE('/faults', { ...init });
    },
  };
}

/** See {@link createClient}. */
export type Client = ReturnType<typeof createClient>;

import { forgetHourly, SqliteDatabase } from '@coffee/adapter-sqlite';
import { orderOf } from '@coffee/application';
import type { Menu, Order } from '@coffee/domain';
import { defaultMenu } from '@coffee/domain';
import { composeHandlers, tokens } from '@coffee/lambdas';
import type { Executions, Notifier } from '@coffee/ports';
import { orderWorkflow } from '@coffee/workflow';
import type { ServiceIdentifier } from 'inversify';
import { ContainerModule } from 'inversify';
import { memoryModule } from './composition/memory-module.ts';
import type { IssuerOptions } from './composition/oidc-module.ts';
import { oidcModule } from './composition/oidc-module.ts';
import { sqliteModule } from './composition/sqlite-module.ts';
import { localTokens } from './composition/tokens.ts';
import { Definition } from './engine/definition.ts';
import { LiveEvents } from './engine/live-events.ts';
import type { TaskResources } from './engine/tasks.ts';
import { WorkflowEngine } from './engine/workflow-engine.ts';
import { faultsModule, PortFaults } from './faults/port-faults.ts';
import { listenerOf } from './http/app.ts';
import { EventStreams } from './http/event-streams.ts';
import { GracefulServer } from './http/graceful-server.ts';
import { smtpModule } from './mail/smtp-module.ts';
import type { SmtpOptions } from './mail/smtp-notifier.ts';
import { leaseOf, SmtpNotifier } from './mail/smtp-notifier.ts';

/** How to run the system in this process. Everything is optional. */
export interface LocalOptions {
  /** Defaults to 0, a free port. The server listens on 127.0.0.1 only. */
  readonly port?: number;
  /** Hosts that are served besides loopback ones, without a port. */
  readonly hostNames?: readonly string[];
  /** Origins whose pages may use the API besides loopback ones; `*` for every page. */
  readonly cors?: readonly string[];
  /** The SQLite file; its folder is created. Without one, everything is kept in memory. */
  readonly data?: string;
  /** Deletes what ended executions and messages in the file hold after so many days. Defaults to keeping everything. */
  readonly keepDays?: number;
  /** What can be ordered, and what it costs. Defaults to the seed's menu. */
  readonly menu?: Menu;
  /**
   * Whose tokens tell who is calling. Without one the system is open: everyone may do everything. A module may rebind
   * `Authenticator`.
   */
  readonly issuer?: IssuerOptions;
  /** The definition of the state machine (Amazon States Language, JSONPath). Defaults to the order workflow. */
  readonly workflow?: object;
  /** Also sends each message by SMTP, once per order. */
  readonly smtp?: SmtpOptions;
  /** Container modules loaded last, to decorate or replace what is bound: faults in a test, another adapter. */
  readonly modules?: readonly ContainerModule[];
  /** Waits this long before every retry of a task instead of the workflow's backoff, for tests. */
  readonly retryMilliseconds?: number;
  /** The folder of the built console. Defaults to that of `@coffee/console`. */
  readonly console?: string;
  /** Called with errors that answers do not carry. Defaults to writing them to standard error. */
  readonly onError?: (error: unknown) => void;
}

/** A running system. */
export interface LocalSystem {
  /** The origin, like `http://127.0.0.1:3000`: the console is there, the API under `/prod`. */
  readonly url: string;
  /** How many executions an earlier process left running. */
  readonly resumed: Promise<number>;
  /** Settles with the reason when the file cannot be used any more: end the process, and start it again. */
  readonly lost: Promise<unknown>;
  /**
   * Answers open requests (5 seconds at most), waits for running executions (10 seconds at most), and closes the file.
   *
   * @param quietMilliseconds How long nothing must arrive before the port is closed: longer than a client that keeps its
   *   connection takes to send its next request, which would be reset. Defaults to 0: the clients of this process have finished.
   */
  close(quietMilliseconds?: number): Promise<void>;
}

/**
 * Starts the whole system in this process: the HTTP edge, the workflow engine and the stores.
 *
 * @throws when the port is taken, the file cannot be opened or belongs to another process, or the issuer cannot be trusted.
 */
export async function startLocal(options: LocalOptions = {}): Promise<LocalSystem> {
  const {
    port = 0,
    data,
    keepDays,
    menu = defaultMenu,
    workflow = orderWorkflow,
    smtp,
    modules = [],
    retryMilliseconds,
    issuer,
  } = options;
  const known = issuer === undefined ? [] : [await oidcModule(issuer)];
  const onError = options.onError ?? ((error: unknown) => console.error(error));
  const database = data === undefined ? undefined : await SqliteDatabase.open(data, { onError });
  const server = new GracefulServer();
  let url: string;
  try {
    url = await server.listen(port);
  } catch (error) {
    await database?.close();
    throw error;
  }
  const baseUrl = () => url;
  const live = new LiveEvents();
  const faults = new PortFaults();
  const mail = smtp === undefined ? undefined : new SmtpNotifier(smtp);
  const lease = leaseOf(smtp);
  const handlers = composeHandlers(
    database === undefined ? memoryModule(baseUrl, live, lease) : sqliteModule(database, baseUrl, live, lease),
    new ContainerModule(({ rebind }) => void rebind(tokens.menu).toConstantValue(menu)),
    ...(mail === undefined ? [] : [smtpModule(mail)]),
    ...known,
    ...modules,
    faultsModule(faults),
  );
  const { container } = handlers;
  const executions = container.get(localTokens.executions);
  const engine = new WorkflowEngine({
    executions,
    live,
    onError,
    definition: Definition.of(workflow),
    functions: { PutItem: handlers.putItem, PutObject: handlers.putObject, Notify: handlers.notify },
    publish: publishTo(container.get(tokens.notifier), executions),
    ...(retryMilliseconds === undefined ? {} : { retryMilliseconds }),
  });
  const streams = new EventStreams(live);
  const optional = <T>(token: ServiceIdentifier<T>) => container.get(token, { optional: true });
  const listener = listenerOf({
    handlers,
    engine,
    executions,
    authenticator: optional(localTokens.authenticator),
    issuer,
    menu: container.get(tokens.menu),
    workflow,
    mailbox: container.get(localTokens.mailbox),
    links: container.get(localTokens.invoiceOpener),
    orders: optional(localTokens.orderList),
    invoices: optional(localTokens.invoiceList),
    faults,
    streams,
    backups: database,
    console: options.console,
    hostNames: options.hostNames ?? [],
    cors: options.cors ?? [],
    server,
    check: () => executions.get('/'), // no id, so the cheapest question
    onError,
  });
  server.serve(listener);
  const resumed = engine.resume();
  resumed.catch(onError);
  const stopForgetting =
    database && keepDays !== undefined && forgetHourly(database, { keepMilliseconds: keepDays * 86_400_000, onError });
  return {
    url,
    resumed,
    lost: database?.lost ?? new Promise(() => {}),
    async close(quietMilliseconds = 0) {
      streams.close();
      await server.close(quietMilliseconds, 5000);
      await engine.stop(10_000);
      mail?.close();
      if (stopForgetting) await stopForgetting();
      await database?.close();
    },
  };
}

/**
 * A state that publishes to a topic, as SNS would e-mail it: at most one message for each execution and state. The mailbox
 * keeps it with the account and the vendor of the order.
 */
const publishTo =
  (notifier: Notifier, executions: Executions): NonNullable<TaskResources['publish']> =>
  async ({ Message, Subject = 'AWS Notification Message' }, { orderid, state, signal }) => {
    const id = `${orderid}.${state}`;
    const text = typeof Message === 'string' ? Message : JSON.stringify(Message);
    const execution = await executions.get(orderid, { signal });
    const { accountid, vendorid, eventtype } = orderOf(execution?.input ?? '') as Order;
    const attributes = { accountid, vendorid, eventtype };
    await notifier.publish({ id, subject: Subject, text, attributes }, { signal });
    return { MessageId: id };
  };

import type { Invoice, InvoiceKey } from '@coffee/domain';
import { invoiceKeyOf, invoiceLineOf } from '@coffee/domain';
import * as fc from 'fast-check';
import type { Clock } from '../call.ts';
import type { InvoiceLinks } from '../invoice-links.ts';
import type { InvoiceStore } from '../invoice-store.ts';
import type { Harness, Manifest, TestClock, TestRunner } from './manifest.ts';
import { testClock } from './manifest.ts';
import { sampleOrder, samplePlaced } from './samples.ts';
import type { Suite } from './suite.ts';
import { always, contractSuite } from './suite.ts';
import { withQueryChanged } from './tampering.ts';

/** The response to a GET of a link. `fileName` is from `Content-Disposition`, `body` is the parsed JSON. */
export interface OpenedLink {
  readonly status: number;
  readonly contentType?: string;
  readonly fileName?: string;
  readonly body?: unknown;
}

/** The harness of the {@link InvoiceLinks} suite. */
export interface InvoiceLinksHarness extends Harness {
  readonly links: InvoiceLinks;
  /** The store whose invoices the links serve. */
  readonly invoices: InvoiceStore;
  /** GETs a URL without credentials. */
  open(url: string): Promise<OpenedLink>;
}

/** Options of `create`: a clock that starts at the real time, for everything that makes or checks a link. */
export interface InvoiceLinksOptions {
  readonly clock: Clock;
}

/**
 * The manifest of an adapter of {@link InvoiceLinks}. An emulator may not check `expires` or `tamperproof`.
 * Lifetimes must be under an hour.
 */
export type InvoiceLinksManifest = Manifest<
  InvoiceLinksHarness,
  readonly [InvoiceLinksOptions],
  'unavailable' | 'expires' | 'tamperproof'
>;

const hour = 60 * 60 * 1000;

function clauses(
  { expect, harness, clause, parameters }: Suite<InvoiceLinksHarness, 'expires' | 'tamperproof'>,
  clock: TestClock,
): void {
  const invoice = async (): Promise<InvoiceKey> => {
    const placed = samplePlaced(sampleOrder({ city: "L'Aquila \u2615" }));
    const key = invoiceKeyOf(placed.order);
    await harness().invoices.add(invoiceLineOf(placed));
    await harness().invoices.prepare(key);
    return key;
  };
  const link = (key: InvoiceKey) => harness().links.link(key);
  const open = (url: string) => harness().open(url);

  clause('serves the invoice as JSON with a file name, every time', async () => {
    const key = await invoice();
    const { url } = await link(key);
    for (const opened of [await open(url), await open(url)]) {
      expect(opened).toMatchObject({ status: 200, body: await harness().invoices.get(key) });
      expect(opened.contentType).toMatch(/^application\/json\b/);
      expect(opened.fileName).toMatch(/^[^/\\]+\.json$/);
    }
  });

  clause('serves the invoice as it is when opened, including lines added after the link was made', async () => {
    const key = await invoice();
    const { url } = await link(key);
    const { accountid } = key;
    await harness().invoices.add(invoiceLineOf(samplePlaced(sampleOrder({ accountid }))));
    await harness().invoices.prepare(key);
    expect((await open(url)).body).toEqual(await harness().invoices.get(key));
  });

  clause(
    'serves each caller every line there was when it prepared the invoice, whoever else adds and prepares',
    async () => {
      const key = await invoice();
      const { accountid } = key;
      const callers = Array.from({ length: 8 }, async () => {
        const line = invoiceLineOf(samplePlaced(sampleOrder({ accountid })));
        await harness().invoices.add(line);
        expect(await harness().invoices.prepare(key)).toBe(true);
        const { body } = await open((await link(key)).url);
        expect((body as Invoice).lines.some(({ orderid }) => orderid === line.orderid)).toBe(true);
      });
      await Promise.all(callers);
      expect((await open((await link(key)).url)).body).toEqual(await harness().invoices.get(key));
    },
  );

  clause('says when the link expires: in ISO 8601, and in the future', async () => {
    const { expiresAt } = await link(await invoice());
    expect(expiresAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/);
    expect(Date.parse(expiresAt)).toBeGreaterThan(clock.now());
    expect(Date.parse(expiresAt)).toBeLessThan(clock.now() + hour);
  });

  clause(
    'does not open a link made an hour ago',
    async () => {
      const key = await invoice();
      clock.advance(-hour);
      const { url, expiresAt } = await link(key).finally(() => clock.advance(hour));
      expect(Date.parse(expiresAt)).toBeLessThan(clock.now());
      expect((await open(url)).status).toBeGreaterThanOrEqual(400);
      expect((await open((await link(key)).url)).status).toBe(200);
    },
    'expires',
  );

  clause('opens a link whose query was only re-encoded', async () => {
    const { url } = await link(await invoice());
    expect((await open(withQueryChanged(url))).status).toBe(200);
  });

  clause(
    'does not open a link with any character of its query changed',
    async () => {
      const { url } = await link(await invoice());
      await always(fc.nat(), parameters(2), async (position) => {
        expect((await open(withQueryChanged(url, position))).status).toBeGreaterThanOrEqual(400);
      });
    },
    'tamperproof',
  );

  clause(
    "does not open a link whose key was changed to another invoice's",
    async () => {
      const [own, other] = [await invoice(), await invoice()];
      const { url } = await link(own);
      const changed = url
        .replaceAll(own.objectKey, other.objectKey)
        .replaceAll(encodeURIComponent(own.objectKey), encodeURIComponent(other.objectKey));
      // A URL that does not show its key has none to change; the clause above covers its query.
      const bare = changed === url ? `${new URL(url).origin}/${other.objectKey}` : changed;
      expect((await open(bare)).status).toBeGreaterThanOrEqual(400);
    },
    'tamperproof',
  );

  clause(
    'does not open a link without its query',
    async () => {
      const { url } = await link(await invoice());
      expect((await open(url.replace(/\?.*$/, ''))).status).toBeGreaterThanOrEqual(400);
    },
    'tamperproof',
  );

  clause('makes a link to a missing invoice, which opens nothing', async () => {
    const { url } = await link(invoiceKeyOf(sampleOrder()));
    expect((await open(url)).status).toBeGreaterThanOrEqual(400);
  });
}

/** Registers the contract tests of {@link InvoiceLinks}. */
export function invoiceLinksContract(manifest: InvoiceLinksManifest, runner: TestRunner): void {
  const clock = testClock();
  const register = (suite: Suite<InvoiceLinksHarness, 'expires' | 'tamperproof'>) => clauses(suite, clock);
  contractSuite('InvoiceLinks', runner, manifest, [{ clock: clock.now }], register, {
    link: ({ links }, options) => links.link(invoiceKeyOf(sampleOrder()), options),
  });
}

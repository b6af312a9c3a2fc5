import { openApiDocument } from '@coffee/api/openapi';
import { defaultMenu } from '@coffee/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CoffeeSystem } from '../test-support/coffee-system.ts';

describe('the description of the API', () => {
  let system: CoffeeSystem;
  beforeAll(async () => {
    system = await CoffeeSystem.start();
  });
  afterAll(() => system.close());

  it('names the server that serves it', async () => {
    expect(await system.get('/openapi.json')).toEqual(openApiDocument({ menu: defaultMenu, origin: system.url }));
  });

  it('is a page that loads everything from this server, and may load nothing else', async () => {
    const page = await system.fetch('/docs');
    expect(page.headers.get('content-type')).toMatch(/^text\/html\b/);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval|script-src[^;]*unsafe-inline/);
    const html = await page.text();
    const addresses = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);
    expect(addresses.length).toBe(3);
    for (const address of addresses) {
      const file = await system.fetch(address);
      expect([address, file.status, (await file.arrayBuffer()).byteLength > 500]).toEqual([address, 200, true]);
      expect(file.headers.get('content-type')).toMatch(/^(?:text\/(?:css|javascript)|image\/png)\b/);
    }
  });

  it('serves no other file', async () => {
    for (const name of ['package.json', '..%2Fpackage.json', 'swagger-ui.js', 'constructor', '__proto__']) {
      const answer = await system.fetch(`/docs/${name}`);
      expect([name, answer.status]).toEqual([name, 404]);
    }
  });
});

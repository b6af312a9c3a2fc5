import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ConfigurationError, readConfiguration } from './configuration.ts';

describe('readConfiguration', () => {
  it('has defaults', () => {
    const options = { port: 3000, data: '.coffee/coffee.sqlite', hostNames: [], cors: [] };
    expect(readConfiguration([], {})).toEqual({ help: false, aws: false, options });
  });

  it('takes variables, and flags before variables, even after the "--" that pnpm passes on', () => {
    const environment = { PORT: '4000', COFFEE_DATA: 'a.sqlite' };
    expect(readConfiguration([], environment)).toMatchObject({ options: { port: 4000, data: 'a.sqlite' } });
    expect(readConfiguration(['--', '--port', '0', '--data', 'b.sqlite'], environment)).toMatchObject({
      options: { port: 0, data: 'b.sqlite' },
    });
  });

  it('takes an SMTP server with the two addresses', () => {
    const environment = { COFFEE_SMTP: 'smtp://127.0.0.1:1025', COFFEE_MAIL_TO: 'barista@localhost' };
    expect(readConfiguration([], environment)).toMatchObject({
      options: { smtp: { url: 'smtp://127.0.0.1:1025', to: 'barista@localhost', from: 'coffee-orders@localhost' } },
    });
  });

  it('takes several recipients with their names', () => {
    const to = 'Barista <barista@localhost>, "Owner, the" <owner@localhost>';
    const smtp = { url: 'smtps://user:pass%40word@mail.localhost:465', to };
    expect(readConfiguration(['--smtp', smtp.url, '--mail-to', to], {})).toMatchObject({ options: { smtp } });
  });

  it('refuses an empty COFFEE_MAIL_TO, and does not show the password of an SMTP URL', () => {
    const COFFEE_SMTP = 'smtp://127.0.0.1:1025';
    expect(() => readConfiguration([], { COFFEE_SMTP, COFFEE_MAIL_TO: '' })).toThrow('COFFEE_MAIL_TO');
    const wrong = { COFFEE_SMTP: 'smtp://user:secret@mail.localhost:99999', COFFEE_MAIL_TO: 'a@b' };
    expect(() => readConfiguration([], wrong)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') }),
    );
  });

  it('keeps everything, or what is not older than so many days', () => {
    expect(readConfiguration(['--keep', '30'], {})).toMatchObject({ options: { keepDays: 30 } });
    expect(readConfiguration([], { COFFEE_KEEP: '7' })).toMatchObject({ options: { keepDays: 7 } });
    for (const days of ['0', '-1', '1.5', '', 'a week', '100000']) {
      expect(() => readConfiguration([`--keep=${days}`], {}), days).toThrow('--keep (COFFEE_KEEP) must be');
    }
  });

  it('takes AWS instead of the local stores', () => {
    expect(readConfiguration(['--aws'], {})).toMatchObject({ aws: true });
  });

  it('takes hosts and origins, repeated as flags, and separated in variables', () => {
    const flags = ['--host-name', 'a.example', '--host-name', 'b', '--cors', 'https://c.example:8443', '--cors', '*'];
    const variables = { COFFEE_HOST_NAME: 'x.example, y.example', COFFEE_CORS: 'http://z.example' };
    expect(readConfiguration(flags, variables)).toMatchObject({
      options: { hostNames: ['a.example', 'b'], cors: ['https://c.example:8443', '*'] },
    });
    expect(readConfiguration([], variables)).toMatchObject({
      options: { hostNames: ['x.example', 'y.example'], cors: ['http://z.example'] },
    });
  });

  it('takes an issuer with its audience, and what to sign in as', () => {
    const url = 'https://issuer.example/coffee';
    const variables = { COFFEE_ISSUER: url, COFFEE_AUDIENCE: 'coffee-orders', COFFEE_CLIENT_ID: 'console' };
    expect(readConfiguration([], variables)).toMatchObject({
      options: { issuer: { url, audience: 'coffee-orders', clientid: 'console' } },
    });
    const flags = ['--issuer', 'http://127.0.0.1:8080', '--audience', 'other'];
    expect(readConfiguration(flags, { ...variables, COFFEE_CLIENT_ID: undefined })).toMatchObject({
      options: { issuer: { url: 'http://127.0.0.1:8080', audience: 'other' } },
    });
  });

  it('shows help', () => {
    expect(readConfiguration(['--help'], {})).toEqual({ help: true });
  });

  it.each([
    [['--port', '65536'], '--port'],
    [['--port', 'http'], '--port'],
    [['--data', ''], '--data'],
    [['--colour', 'red'], /^[^.]*--colour[^.]*$/],
    [['--issuer', 'https://issuer.example'], '--issuer (COFFEE_ISSUER) needs --audience (COFFEE_AUDIENCE)'],
    [['--issuer', 'https://issuer.example', '--audience', ''], '--issuer (COFFEE_ISSUER) needs --audience'],
    [['--audience', 'coffee-orders'], '--audience (COFFEE_AUDIENCE) needs --issuer (COFFEE_ISSUER)'],
    [['--issuer', 'http://issuer.example', '--audience', 'a'], '--issuer (COFFEE_ISSUER) must be an https URL'],
    [['--issuer', 'http://127.0.0.1.example', '--audience', 'a'], '--issuer (COFFEE_ISSUER) must be an https URL'],
    [['--issuer', 'issuer', '--audience', 'a'], '--issuer (COFFEE_ISSUER) must be an https URL'],
    [['--host-name', 'a.example:80'], '--host-name'],
    [['--host-name', '*'], '--host-name'],
    [['--cors', 'a.example'], '--cors'],
    [['--cors', 'https://a.example/'], '--cors'],
    [['--cors', 'HTTPS://a.example'], '--cors'],
    [['extra'], 'extra'],
    [['--smtp', 'mail.localhost', '--mail-to', 'a@b'], '--smtp'],
    [['--smtp', 'smtp://127.0.0.1'], '--mail-to'],
    [['--smtp', 'smtp://127.0.0.1:99999', '--mail-to', 'a@b'], '--smtp (COFFEE_SMTP)'],
    [['--smtp', 'smtp://127.0.0.1:0', '--mail-to', 'a@b'], '--smtp (COFFEE_SMTP)'],
    [['--smtp', 'smtp://', '--mail-to', 'a@b'], '--smtp (COFFEE_SMTP)'],
    [['--smtp', 'http://127.0.0.1', '--mail-to', 'a@b'], '--smtp (COFFEE_SMTP)'],
    [['--smtp', 'smtp://127.0.0.1', '--mail-to', ''], '--mail-to (COFFEE_MAIL_TO)'],
    [['--smtp', 'smtp://127.0.0.1', '--mail-to', 'barista'], '--mail-to (COFFEE_MAIL_TO)'],
    [['--smtp', 'smtp://127.0.0.1', '--mail-to', 'a@b, c'], '--mail-to (COFFEE_MAIL_TO)'],
    [['--smtp', 'smtp://127.0.0.1', '--mail-to', 'a@b', '--mail-from', ' '], '--mail-from (COFFEE_MAIL_FROM)'],
    [['--aws', '--smtp', 'smtp://127.0.0.1', '--mail-to', 'a@b'], '--smtp'],
  ])('refuses %j and names the flag', (argv, name) => {
    const read = () => readConfiguration(argv, {});
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(name);
  });

  it.each([
    ['{', /^--menu \(COFFEE_MENU\) .*menu\.json: it cannot be read: /],
    [undefined, /^--menu \(COFFEE_MENU\) .*menu\.json: it cannot be read: ENOENT/],
    ['{"currency":"yen"}', /^--menu \(COFFEE_MENU\) .*menu\.json: menu\.currency must be the code of a currency/],
  ])('names the file, the field and the rule of a menu that cannot be used: %s', async (text, message) => {
    const folder = await mkdtemp(join(tmpdir(), 'coffee-menu-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'menu.json');
    if (text !== undefined) await writeFile(file, text);
    for (const read of [
      () => readConfiguration(['--menu', file], {}),
      () => readConfiguration([], { COFFEE_MENU: file }),
    ]) {
      expect(read).toThrow(ConfigurationError);
      expect(read).toThrow(message);
    }
  });
});

import { Command } from '@commander-js/extra-typings';
import { jsonOption, openSession, retryOption, urlOption } from '../session.ts';
import { plain } from '../terminal/plain.ts';
import { table } from '../terminal/table.ts';

/** `coffee menu`: what can be ordered, and what it costs. */
export const menuCommand = () =>
  new Command('menu')
    .summary('tell what can be ordered, and what it costs')
    .description(
      'Tells what can be ordered, and what it costs. A deployed gateway does not tell; then it is the default menu.',
    )
    .addOption(jsonOption())
    .addOption(urlOption())
    .addOption(retryOption())
    .addHelpText('after', '\nExample:\n  $ coffee menu')
    .action(async (options) => {
      const { server, terminal } = openSession(options);
      const { menu, told } = await server.menu();
      if (!told) terminal.note('this server does not tell its menu; this is the default one');
      terminal.show(menu, () => [
        ...table(
          [{ heading: 'Coffee' }],
          menu.coffeetypes.map((type) => [plain(type)]),
          terminal.layout,
        ),
        '',
        ...table(
          [{ heading: 'Size' }, { heading: `Price (${plain(menu.currency)})`, align: 'right' }],
          menu.coffeesizes.map(({ coffeesize, unitprice }) => [plain(coffeesize), plain(unitprice)]),
          terminal.layout,
        ),
      ]);
    });

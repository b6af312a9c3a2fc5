import { Command } from '@commander-js/extra-typings';
import { openSession, withServerOptions } from '../session.ts';
import type { Surroundings } from '../surroundings.ts';
import { table } from '../terminal/table.ts';
import { plain } from '../terminal/text.ts';

/** `coffee menu`: what can be ordered, and what it costs. */
export const menuCommand = (surroundings: Surroundings) =>
  withServerOptions(
    new Command('menu')
      .summary('show what can be ordered, and what it costs')
      .description(
        'Shows what can be ordered, and what it costs. For a deployed gateway, which does not show its menu, it is the default menu.',
      ),
  )
    .addHelpText('after', '\nExample:\n  $ coffee menu')
    .action(async (options) => {
      const { server, terminal } = openSession(surroundings, options);
      const { menu, own } = await server.menu();
      if (!own) terminal.note('this server does not show its menu; this is the default one');
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

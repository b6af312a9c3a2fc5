import { Command } from '@commander-js/extra-typings';
import { menuOption, openSession, withServerOptions } from '../session.ts';
import { table } from '../terminal/table.ts';
import type { Surroundings } from '../terminal/terminal.ts';
import { plain } from '../terminal/text.ts';

export const menuCommand = (surroundings: Surroundings) =>
  withServerOptions(
    new Command('menu')
      .summary('show what can be ordered, and what it costs')
      .description(
        'Shows what can be ordered, and what it costs. A deployed gateway does not show its menu: give it with --menu. Defaults to the default menu.',
      )
      .addOption(menuOption()),
  )
    .addHelpText('after', '\nExample:\n  $ coffee menu')
    .action(async (options) => {
      const { terminal, menu } = openSession(surroundings, options);
      const { currency, coffeetypes, coffeesizes } = await menu();
      const types = coffeetypes.map((type) => [plain(type)]);
      const sizes = coffeesizes.map(({ coffeesize, unitprice }) => [plain(coffeesize), plain(unitprice)]);
      const price = { right: `Price (${plain(currency)})` };
      terminal.show({ currency, coffeetypes, coffeesizes }, () => [
        ...table(['Coffee'], types, terminal.layout),
        '',
        ...table(['Size', price], sizes, terminal.layout),
      ]);
    });

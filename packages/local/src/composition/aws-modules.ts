import { tokens } from '@coffee/lambdas';
import { ContainerModule } from 'inversify';
import { localTokens } from './tokens.ts';

const { orderRepository, invoiceStore, invoiceLinks, notifier, notificationLog } = tokens;

/**
 * The five ports on AWS in place of those bound before: the embedded edge and engine work on real tables. The SDK is
 * loaded only here.
 *
 * @throws ConfigurationError for a variable that is missing.
 */
export async function awsModules(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<readonly ContainerModule[]> {
  const aws = await import('@coffee/lambdas/aws');
  const release = new ContainerModule(({ unbind }) => {
    for (const token of [orderRepository, invoiceStore, invoiceLinks, notifier, notificationLog]) unbind(token);
    for (const token of [localTokens.orderList, localTokens.invoiceList]) unbind(token); // what is on AWS is not listed
  });
  return [release, ...aws.awsModules(environment)];
}

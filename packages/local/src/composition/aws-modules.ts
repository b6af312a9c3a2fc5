import { tokens } from '@coffee/lambdas';
import { ContainerModule } from 'inversify';
import { localTokens } from './tokens.ts';

const { orderRepository, invoiceStore, invoiceLinks, notifier, notificationLog } = tokens;

/**
 * Rebinds the five ports to AWS, so that the embedded edge and engine work on real tables. Only this loads the SDK.
 *
 * @throws ConfigurationError for a variable that is missing.
 */
export async function awsModules(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<readonly ContainerModule[]> {
  const aws = await import('@coffee/lambdas/aws');
  const release = new ContainerModule(({ unbind }) => {
    for (const token of [orderRepository, invoiceStore, invoiceLinks, notifier, notificationLog]) unbind(token);
    for (const token of [localTokens.orderList, localTokens.invoiceList]) unbind(token); // stores on AWS cannot list
  });
  return [release, ...aws.awsModules(environment)];
}

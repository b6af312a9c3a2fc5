import { Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** What cdk-nag (AwsSolutions) would refuse and we do on purpose, each with the reason, at the construct that does it. */
export function acknowledge(construct: Construct, reasons: Readonly<Record<string, string>>): void {
  for (const [rule, reason] of Object.entries(reasons)) {
    Validations.of(construct).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason });
  }
}

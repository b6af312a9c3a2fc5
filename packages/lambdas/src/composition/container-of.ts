import 'reflect-metadata/lite';
import type { ContainerModule } from 'inversify';
import { Container } from 'inversify';

/** A new container with these modules; a later one may decorate or rebind what an earlier one bound. */
export function containerOf(...modules: readonly ContainerModule[]): Container {
  const container = new Container();
  container.load(...modules);
  return container;
}

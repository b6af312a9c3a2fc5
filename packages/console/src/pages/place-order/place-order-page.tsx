import { useQuery } from '@tanstack/react-query';
import { menuQuery } from '../../api/queries.ts';
import { Loading } from '../../components/loading.tsx';
import { Problem } from '../../components/problem.tsx';
import { usePage } from '../../shell/page-info.ts';
import { OrderForm } from './order-form.tsx';

/** Place an order, or many at random. */
export function PlaceOrderPage() {
  usePage('Place an order', [], 'form');
  const { data: menu, error, refetch } = useQuery(menuQuery);
  if (menu !== undefined) return <OrderForm menu={menu} />;
  if (error !== null) return <Problem header="The menu could not be read" error={error} onRetry={refetch} />;
  return <Loading>Loading the menu</Loading>;
}

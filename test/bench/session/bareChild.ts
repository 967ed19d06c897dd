// The floor of a cold window: load undici, ask for the first page, parse it.
import { LIST_FIELDS } from '../../../src/management/resources/users';
import { runChild, timed } from '../process/child';

runChild(async ({ url = '', token = '' }) => {
  const first: number[] = [];
  await timed(first, async () => {
    const { request }: typeof import('undici') = require('undici');
    const query = `page=0&per_page=50&include_totals=true&fields=${LIST_FIELDS}&include_fields=true&sort=created_at:-1`;
    const answer = await request(`${url}/api/v2/users?${query}`, { headers: { authorization: `Bearer ${token}` } });
    await answer.body.json();
  });
  return { first };
});

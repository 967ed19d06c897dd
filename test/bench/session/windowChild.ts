// A window from its start: the first users, then documents that are opened and saved, each beside the bare requests.
import { Agent, request } from 'undici';
import { ask, runChild, timed } from '../process/child';
import { startExtension } from '../stub/extension';
import { registered } from '../stub/vscode';
import { open, save, userUri } from './documents';

/** Asks for the number of requests since it was asked the last time. */
const NEW_REQUESTS = 'newRequests';

runChild(async ({ folder = '', url = '', domain = '', token = '', ids = '' }) => {
  const samples = {
    first: [] as number[],
    open: [] as number[],
    save: [] as number[],
    bareOpen: [] as number[],
    bareSave: [] as number[],
  };
  const requests = { activate: [] as number[], list: [] as number[], open: [] as number[], save: [] as number[] };

  await timed(samples.first, async () => startExtension(folder, { url, domain, token }));
  requests.activate.push(await ask(NEW_REQUESTS));
  await timed(samples.first, showUsers);
  requests.list.push(await ask(NEW_REQUESTS));

  const bare = bareClient(url, token);
  await bare.get(ids.split(',')[0] ?? '');
  for (const [i, id] of ids.split(',').entries()) {
    const uri = userUri(domain, id);
    await ask(NEW_REQUESTS);
    const text = await timed(samples.open, () => open(uri));
    requests.open.push(await ask(NEW_REQUESTS));
    await timed(samples.save, () => save(uri, text, i));
    requests.save.push(await ask(NEW_REQUESTS));
    await timed(samples.bareOpen, () => bare.get(id));
    await timed(samples.bareSave, async () => {
      await bare.get(id);
      await bare.patch(id, JSON.stringify({ user_metadata: { bench: -i } }));
    });
  }
  await bare.close();
  const prefixed = Object.entries(requests).map(([name, list]) => [`requests.${name}`, list] as const);
  return { ...samples, ...Object.fromEntries(prefixed), first: [samples.first.reduce((sum, ms) => sum + ms, 0)] };
});

/** As the view does when it is first seen. */
async function showUsers(): Promise<void> {
  const tree = registered.tree;
  if (!tree) throw new Error('the extension has made no tree');
  const tenants = await tree.getChildren();
  for (const tenant of tenants) {
    tree.getTreeItem(tenant);
    const users = await tree.getChildren(tenant);
    if (users.length < 10) throw new Error('there are no users in the tree');
    for (const user of users) tree.getTreeItem(user);
  }
}

/** One connection of undici, as bare as it gets: the same requests, the answers parsed, nothing else. */
function bareClient(url: string, token: string) {
  const dispatcher = new Agent({ connections: 1 });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const user = (id: string) => `${url}/api/v2/users/${encodeURIComponent(id)}`;
  return {
    get: async (id: string) => (await request(user(id), { dispatcher, headers })).body.json(),
    patch: async (id: string, body: string) =>
      (await request(user(id), { dispatcher, headers, method: 'PATCH', body })).body.json(),
    close: () => dispatcher.close(),
  };
}

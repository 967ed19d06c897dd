// 100,000 users in the tree's model: what they cost in heap, and whether the time of a user stays the same.
import { decodeUserPage } from '../../src/management/resources/decode';
import type { UserPage } from '../../src/management/resources/users';
import { parseTenantDomain } from '../../src/management/tenant';
import { TreeModel, type UserSource } from '../../src/tree/model/treeModel';
import { usedHeapBytes } from './heap';
import { type Measurement, measureInChild } from './measureInChild';
import type { Bench, Figure } from './model';
import { median, samplesOf, timed } from './samples';

const PER_PAGE = 100;

export const treeBench: Bench = {
  name: 'tree',
  title: '100,000 users in the tree',
  async measure() {
    const few = await measureInChild('tree', { users: '10000' });
    const many = await measureInChild('tree', { users: '100000' });
    /** Linear is 1. */
    const growth = (name: 'expand' | 'refresh'): Figure => {
      const ms = median(samplesOf(many, name));
      return {
        id: `tree.${name}`,
        what: `${name}: time a user at 100,000, to that at 10,000`,
        value: ms / median(samplesOf(few, name)) / 10,
        unit: '×',
        beside: [{ name: 'at 100,000', value: ms, unit: 'ms' }],
        aim: { atMost: 2 },
      };
    };
    const heap = median(samplesOf(many, 'heapPerUser'));
    return {
      figures: [
        { id: 'tree.heap', what: 'heap a user', value: heap, unit: 'bytes', aim: { atMost: 1_024 } },
        growth('expand'),
        growth('refresh'),
      ],
    };
  },
};

/** Expanded: all rows, as VS Code asks for them. Refreshed: all pages, decoded from text. */
export const fillTree: Measurement = async ({ users = '' }) => {
  const count = Number(users);
  const { userItem } = await import('../../src/tree/treeItems');
  const tenant = parseTenantDomain('acme.eu.auth0.com');
  if (!tenant) throw new Error('no domain');
  const source: UserSource = {
    page: async (_tenant, { page }) => pageOf(page, count),
    profile: () => Promise.reject(new Error('nobody is expanded')),
    pageSize: () => PER_PAGE,
  };
  const model = new TreeModel(source, {
    tenants: () => [tenant],
    isCollapsed: () => false,
    changed: () => undefined,
    searched: () => undefined,
    loading: result => result,
  });
  const node = model.nodeOf(tenant);
  const before = usedHeapBytes();
  const loadAll = async () => {
    await model.childrenOf(node);
    while (model.listOf(tenant).hasMore) await model.listOf(tenant).loadMore();
  };
  await loadAll();
  const samples = {
    heapPerUser: [(usedHeapBytes() - before) / count],
    expand: [] as number[],
    refresh: [] as number[],
  };
  for (let i = 0; i < 5; i++) {
    await timed(samples.expand, async () => {
      const children = await model.childrenOf(node);
      const items = children.flatMap(child => (child.type === 'user' ? [userItem(child)] : []));
      if (items.length !== count) throw new Error(`${items.length} users are in the tree`);
    });
    await timed(samples.refresh, async () => {
      model.reset(tenant);
      await loadAll();
    });
  }
  return samples;
};

/** From text, so that every string in it is a new one; the service itself ends at 1,000. */
function pageOf(page: number, count: number): UserPage {
  const start = page * PER_PAGE;
  const users = Array.from({ length: Math.min(PER_PAGE, count - start) }, (_, i) => {
    const hex = (start + i).toString(16).padStart(24, '0');
    return {
      user_id: `auth0|${hex}`,
      email: `firstname.lastname.${hex}@example.com`,
      name: `Firstname Lastname ${hex}`,
      nickname: `firstname.lastname.${hex}`,
      identities: [
        { connection: 'Username-Password-Authentication', provider: 'auth0', user_id: hex, isSocial: false },
      ],
      last_login: '2026-01-01T00:00:00.000Z',
      logins_count: i,
      created_at: '2025-01-01T00:00:00.000Z',
    };
  });
  const answer = JSON.stringify({ start, limit: PER_PAGE, length: users.length, total: count, users });
  const decoded = decodeUserPage(JSON.parse(answer), page, PER_PAGE);
  if (!decoded) throw new Error('the page cannot be decoded');
  return { ...decoded, capped: false, nextPage: start + PER_PAGE < count ? page + 1 : undefined };
}

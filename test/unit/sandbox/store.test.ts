import { Store } from '../../../sandbox/server/store';

const permission = (id: string, project_id = 'p') => ({ id, created_at: 1, project_id });

describe('Store', () => {
	let store: Store;
	beforeEach(() => {
		store = new Store(':memory:');
	});
	afterEach(() => store.close());

	it('keeps the place of a record that is changed', () => {
		for (const id of ['a', 'b', 'c']) store.put('permission', permission(id), 'x');
		store.put('permission', permission('b', 'changed'), 'x');
		expect([...store.each('permission', 'x')].map(({ id }) => id)).toEqual(['a', 'b', 'c']);
		expect(store.get('permission', 'b')?.project_id).toBe('changed');
	});

	it('parts kinds and parents', () => {
		store.put('permission', permission('a'), 'x');
		store.put('permission', permission('b'), 'y');
		store.put('part', { id: 'a', created_at: 1, upload_id: 'u', bytes: 1 }, 'x');
		expect([store.count('permission'), store.count('permission', 'x')]).toEqual([2, 1]);
		store.removeChildren('permission', 'x');
		expect(store.get('permission', 'a')).toBeUndefined();
		expect(store.get('part', 'a')).toBeDefined();
	});

	it('pages over more than one block, in both directions, through a filter', () => {
		store.inTransaction(() => {
			for (let index = 0; index < 1200; index++) {
				store.put('permission', permission(`p${index}`, index % 2 ? 'odd' : 'even'));
			}
		});
		const where = ({ project_id }: { project_id: string }) => project_id === 'odd';
		const first = store.page('permission', { limit: 550, order: 'desc', where });
		expect([first?.data[0].id, first?.data.length, first?.hasMore]).toEqual(['p1199', 550, true]);
		const after = first?.data.at(-1)?.id;
		const rest = store.page('permission', { limit: 550, order: 'desc', where, after });
		expect([rest?.data.length, rest?.data.at(-1)?.id, rest?.hasMore]).toEqual([50, 'p1', false]);
		expect(store.page('permission', { limit: 1, order: 'asc', after: 'none' })).toBeUndefined();
	});

	it('takes a failed transaction back', () => {
		const work = () =>
			store.inTransaction(() => {
				store.put('permission', permission('a'));
				throw new Error('no');
			});
		expect(work).toThrow('no');
		expect(store.count('permission')).toBe(0);
	});
});

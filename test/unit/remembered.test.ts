import { Remembered } from '../../lib/remembered';

const NOW = 1_700_000_000_000;

/** A value that can be read, and how often it was. */
class Source {
	reads = 0;
	value = 'first';
	failure: Error | undefined;

	readonly read = async (): Promise<string> => {
		this.reads++;
		const { value, failure } = this;
		return await (failure ? Promise.reject(failure) : Promise.resolve(value));
	};
}

function setup() {
	const source = new Source();
	const remembered = new Remembered<string>();
	const ask = async (wanted: string, now = NOW, id: string | undefined = 'id') =>
		await remembered.faultBy(id, now, source.read, (value) =>
			value === wanted ? undefined : `not ${wanted}`,
		);
	return { source, ask, remembered };
}

test('is read once by many callers, at once and one after another', async () => {
	const { source, ask } = setup();
	const atOnce = await Promise.all(Array.from({ length: 20 }, async () => await ask('first')));
	expect(atOnce.filter((fault) => fault !== undefined)).toEqual([]);
	expect(await ask('first', NOW + 29_999)).toBeUndefined();
	expect(source.reads).toBe(1);
	expect(await ask('first', NOW + 30_000)).toBeUndefined();
	expect(source.reads).toBe(2);
});

test('is read again where the clock was set back', async () => {
	const { source, ask } = setup();
	await ask('first');
	await ask('first', NOW - 3_600_000);
	expect(source.reads).toBe(2);
});

test('without an id it is read each time', async () => {
	const { source, remembered } = setup();
	const ask = async () => await remembered.faultBy(undefined, NOW, source.read, () => undefined);
	await ask();
	await ask();
	expect(source.reads).toBe(2);
});

test('each id has its own value', async () => {
	const { source, ask } = setup();
	await ask('first', NOW, 'one');
	source.value = 'second';
	expect(await ask('second', NOW, 'other')).toBeUndefined();
	expect(await ask('first', NOW, 'one')).toBeUndefined();
	expect(source.reads).toBe(2);
});

test('a value that was changed counts at once, for all callers of that moment', async () => {
	const { source, ask } = setup();
	await ask('first');
	source.value = 'second';
	const faults = await Promise.all(
		Array.from({ length: 20 }, async () => await ask('second', NOW + 1)),
	);
	expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
	expect(source.reads).toBe(2);
	expect(await ask('second', NOW + 2)).toBeUndefined();
	expect(await ask('first', NOW + 3)).toBe('not first');
	expect(source.reads).toBe(2);
});

test('faults cost a reading a second, however many there are', async () => {
	const { source, ask } = setup();
	await ask('first');
	const flood = async (now: number) => {
		const faults = await Promise.all(Array.from({ length: 50 }, async () => await ask('x', now)));
		expect(new Set(faults)).toEqual(new Set(['not x']));
	};
	for (const later of [1, 500, 1_000]) await flood(NOW + later);
	expect(source.reads).toBe(2);
	await flood(NOW + 1_001);
	expect(source.reads).toBe(3);
	for (let later = 1_100; later <= 60_000; later += 100) await flood(NOW + later);
	expect(source.reads).toBeLessThanOrEqual(3 + 60 + 1);
});

test('a fault in a value that was read for this caller is said without reading again', async () => {
	const { source, ask } = setup();
	expect(await ask('x')).toBe('not x');
	expect(source.reads).toBe(1);
});

test('a failure is not remembered, and reaches all who wait for it', async () => {
	const { source, ask } = setup();
	source.failure = new Error('cannot be read');
	const results = await Promise.allSettled([ask('first'), ask('first')]);
	expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
	expect(source.reads).toBe(1);
	source.failure = undefined;
	expect(await ask('first')).toBeUndefined();
	expect(source.reads).toBe(2);
});

test('what cannot be read again stays as it is, and no longer than it would have', async () => {
	const { source, ask } = setup();
	await ask('first');
	source.failure = new Error('cannot be read');
	expect(await ask('x', NOW + 20_000)).toBe('not x');
	expect(await ask('first', NOW + 29_999)).toBeUndefined();
	await expect(ask('first', NOW + 30_000)).rejects.toThrow('cannot be read');
	expect(source.reads).toBe(3);
});

test('a hundred are remembered, and none that is over', async () => {
	const { source, ask, remembered } = setup();
	const size = () => (remembered as unknown as { entries: Map<string, unknown> }).entries.size;
	for (let index = 0; index <= 100; index++) await ask('first', NOW, `id${index}`);
	expect(size()).toBe(100);
	await ask('first', NOW, 'id1');
	expect(source.reads).toBe(101);
	await ask('first', NOW, 'id0');
	expect(source.reads).toBe(102);
	await ask('first', NOW + 30_000, 'id0');
	expect(size()).toBe(1);
});

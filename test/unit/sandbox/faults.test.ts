import { faultAnswer, Faults, PRESETS, type Fault } from '../../../sandbox/server/faults';

describe('Faults', () => {
	it('meet as many matching requests as asked, in their order', () => {
		const faults = new Faults();
		faults.add({ method: 'post', path: '^/v1/files', times: 2, status: 500 });
		faults.add({ path: 'files', status: 429 });
		expect(faults.take('GET', '/v1/files')?.status).toBe(429);
		expect(faults.take('GET', '/v1/files')).toBeUndefined();
		expect(faults.take('POST', '/v1/models')).toBeUndefined();
		expect(faults.take('POST', '/v1/files')?.status).toBe(500);
		expect(faults.list()).toEqual([{ method: 'post', path: '^/v1/files', times: 1, status: 500 }]);
		expect(faults.take('POST', '/v1/files?a=1')?.status).toBe(500);
		expect(faults.take('POST', '/v1/files')).toBeUndefined();
		expect(faults.list()).toEqual([]);
	});

	it('are forgotten', () => {
		const faults = new Faults();
		faults.add({});
		faults.clear();
		expect(faults.take('GET', '/')).toBeUndefined();
	});

	it.each<[string, unknown]>([
		['an unknown field', { stauts: 1 }],
		['an unknown preset', { preset: 'toString' }],
		['a wrong reset', { reset: 'during' }],
		['a broken pattern', { path: '(' }],
	])('refuse %s', (_name, fault) => {
		expect(() => new Faults().add(fault as Fault)).toThrow();
	});
});

describe('faultAnswer', () => {
	it('is nothing for a fault that only waits or resets', () => {
		expect(faultAnswer({ delayMs: 5 })).toBeUndefined();
		expect(faultAnswer({ reset: 'after' })).toBeUndefined();
	});

	it('takes its parts from the preset unless told otherwise', () => {
		expect(faultAnswer({ preset: 'rate_limit', headers: { 'retry-after': '7' } })).toEqual({
			status: 429,
			headers: { 'retry-after': '7' },
			body: PRESETS.rate_limit.body,
		});
		expect(faultAnswer({ preset: 'insufficient_quota' })?.headers).toEqual({});
	});

	it('is an OpenAI error body or a web page', () => {
		expect(faultAnswer({ status: 500 })?.body).toMatchObject({ error: { type: 'server_error' } });
		expect(faultAnswer({ html: true })).toMatchObject({
			status: 200,
			body: expect.stringContaining('<html') as string,
		});
	});
});

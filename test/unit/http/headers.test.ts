import {
	parseDuration,
	plainHeaders,
	requestIdOf,
	retryAfterOf,
	shouldRetryOf,
} from '../../../lib/http/headers';

const NOW = Date.UTC(2026, 10, 21, 12);

it('makes names lower-case, joins repeated headers and drops what is no value', () => {
	expect(
		plainHeaders({ 'X-Request-ID': 'r1', Vary: ['a', 'b'], n: 3, none: undefined, get: () => '' }),
	).toEqual({ 'x-request-id': 'r1', vary: 'a, b', n: '3' });
	expect(plainHeaders(undefined)).toEqual({});
});

it('knows the request id of OpenAI and of Azure', () => {
	expect(requestIdOf({ 'x-request-id': 'req_1' })).toBe('req_1');
	expect(requestIdOf({ 'apim-request-id': 'a-1' })).toBe('a-1');
	expect(requestIdOf({})).toBeUndefined();
});

it.each([
	[{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
	[{ 'retry-after': '2' }, 2000],
	[{ 'retry-after': '0.5' }, 500],
	[{ 'retry-after': 'Sat, 21 Nov 2026 12:00:10 GMT' }, 10_000],
	[{ 'retry-after': 'Sat, 21 Nov 2026 11:00:00 GMT' }, 0],
	[{ 'retry-after': '-1' }, expect.any(Number)],
	[{ 'retry-after': 'soon' }, undefined],
	[{ 'retry-after-ms': '1e999', 'retry-after': '' }, undefined],
	[{}, undefined],
])('reads how long to wait from %j', (headers, expected) => {
	const waited = retryAfterOf(headers as Record<string, string>, NOW);
	expect(waited).toEqual(expected);
	if (waited !== undefined) expect(waited).toBeGreaterThanOrEqual(0);
});

it('reads x-should-retry', () => {
	expect(shouldRetryOf({ 'x-should-retry': 'true' })).toBe(true);
	expect(shouldRetryOf({ 'x-should-retry': 'false' })).toBe(false);
	expect(shouldRetryOf({ 'x-should-retry': 'perhaps' })).toBeUndefined();
});

it.each([
	['6m0s', 360_000],
	['1.5s', 1500],
	['120ms', 120],
	['1h2m3s', 3_723_000],
	['2', 2000],
	['', undefined],
	['6m0', undefined],
	['m', undefined],
	['1'.repeat(400), expect.any(Number)],
])('parses the duration %s', (text, expected) => {
	expect(parseDuration(text)).toEqual(expected);
});

it('is quick on a long text that is almost a duration', () => {
	expect(parseDuration(`${'1m'.repeat(50_000)}x`)).toBeUndefined();
});

import { explain } from '../../../../lib/openai/explain';
import { serviceNowError } from '../../../../lib/tickets/serviceNow/errors';

const NOW = Date.UTC(2026, 10, 21, 12);
const target = {
	method: 'GET' as const,
	path: '/api/now/table/incident',
	baseUrl: 'https://acme.service-now.com',
};
const body = (message: string, detail: string | null = null) =>
	JSON.stringify({ error: { message, detail }, status: 'failure' });
const error = (status: number, text: string, headers = {}, code?: string) =>
	serviceNowError(target, { status, headers, body: text }, NOW, code);

it.each([
	[
		401,
		body('User Not Authenticated', 'Required to provide Auth information'),
		/does not accept the login: User Not Authenticated: Required/,
	],
	[401, '{"error":"server_error","error_description":"access_denied"}', /login: access_denied/],
	[
		403,
		body('User Not Authorized', 'Failed API level ACL Validation'),
		/login works, but the user may not read/,
	],
	[400, body('Invalid table sn_customerservice_case'), /does not have this table: Invalid table/],
	[429, body('Rate limit exceeded'), /asks to slow down: Rate limit exceeded/],
	[500, body('Transaction cancelled: maximum execution time exceeded', 'x'), /took too long/],
	[503, '', /cannot answer at the moment \(503\)/],
	[
		404,
		body('No Record found', "Record doesn't exist or ACL restricts"),
		/has nothing there: No Record found/,
	],
])('explains %i %s', (status, text, expected) => {
	const { message, description } = explain(error(status, text));
	expect(message).toMatch(expected);
	expect(description.length).toBeGreaterThan(20);
});

it('tells a sleeping instance from a wrong address', () => {
	const page = (title: string) => `<!DOCTYPE html><html><title>${title}</title></html>`;
	expect(explain(error(200, page('Instance Hibernating page'))).message).toBe(
		'https://acme.service-now.com is hibernating',
	);
	expect(explain(error(200, page('Log in'))).description).toMatch(/'Instance URL'/);
});

it('knows how long to wait, which rule it was, and the request', () => {
	const headers = {
		'x-ratelimit-reset': String(NOW / 1000 + 90),
		'x-ratelimit-rule': 'Integrations',
		'x-transaction-id': 't1',
	};
	const limited = error(429, body('Rate limit exceeded'), headers);
	expect(limited.details).toMatchObject({ retryAfterMs: 90_000, requestId: 't1' });
	expect(explain(limited).description).toContain("'Integrations'");
	const both = error(429, '', { ...headers, 'retry-after': '3' });
	expect(both.details.retryAfterMs).toBe(3_000);
	expect(error(429, '', { 'x-ratelimit-reset': 'soon' }).details.retryAfterMs).toBeUndefined();
});

it('does not ask again for what took too long', () => {
	const slow = error(500, body('Transaction canceled: maximum execution time exceeded'));
	expect(slow.details).toMatchObject({ code: 'transaction_cancelled', shouldRetry: false });
	expect(error(500, body('Oops')).details.shouldRetry).toBeUndefined();
});

it('outlives any body', () => {
	for (const odd of [
		'null',
		'[]',
		'{"error":null}',
		'{"error":{"message":{}}}',
		'x'.repeat(1_000_000),
	]) {
		expect(error(500, odd).message).toBe('ServiceNow answered 500');
	}
});

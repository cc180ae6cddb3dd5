import fc from 'fast-check';

import { answerError, isHtml, networkError } from '../../../lib/openai/errors';
import { explain } from '../../../lib/openai/explain';

const GET = { method: 'GET', path: '/models', baseUrl: 'https://api.openai.com/v1' } as const;
const POST = { ...GET, method: 'POST', path: '/fine_tuning/jobs' } as const;
const NOW = 0;
const PAGE = '<!DOCTYPE html><html><body>Sign in</body></html>';

const answered = (status: number, body: unknown, headers: Record<string, string> = {}) =>
	answerError(
		GET,
		{ status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) },
		NOW,
	);

describe('answerError', () => {
	it('keeps all that OpenAI says', () => {
		const body = {
			error: { message: 'Bad', type: 'invalid_request_error', param: 'model', code: 'c' },
		};
		const error = answered(400, body, { 'x-request-id': 'req_1', 'x-should-retry': 'false' });
		expect(error.message).toBe('Bad');
		expect(error.details).toMatchObject({
			status: 400,
			code: 'c',
			type: 'invalid_request_error',
			param: 'model',
			requestId: 'req_1',
			shouldRetry: false,
			body: JSON.stringify(body),
			method: 'GET',
			path: '/models',
		});
	});

	it.each([
		['FastAPI, one sentence', { detail: 'Not authenticated' }, 'Not authenticated'],
		[
			'FastAPI, a list',
			{
				detail: [
					{ loc: ['body', 'model'], msg: 'field required' },
					{ loc: ['body'], msg: 'bad' },
				],
			},
			'model: field required; bad',
		],
		['a detail object', { detail: { message: 'No such job' } }, 'No such job'],
		['Portkey', { status: 'failure', message: 'Something went wrong' }, 'Something went wrong'],
		['an Azure gateway', { statusCode: 401, message: 'Access denied' }, 'Access denied'],
		['a bare text', { error: 'model is required' }, 'model is required'],
		['an OAuth server', { error: 'invalid_client', error_description: 'x' }, 'invalid_client'],
		['a list around it', [{ error: { message: 'Quota' } }], 'Quota'],
		['plain text', 'upstream timed out', 'upstream timed out'],
		['nothing', '', 'The server answered 500'],
		['JSON without words', {}, 'The server answered 500'],
		['null members', { error: null, detail: null, message: null }, 'The server answered 500'],
	])('finds the words of %s', (_who, body, message) => {
		expect(answered(500, body).message).toBe(message);
	});

	it('takes a numeric code as text', () => {
		expect(answered(500, { error: { message: 'x', code: 404 } }).details.code).toBe('404');
	});

	it('knows a web page, whatever its status', () => {
		expect(isHtml({ headers: {}, body: `\n ${PAGE}` })).toBe(true);
		expect(isHtml({ headers: { 'content-type': 'text/html; charset=utf-8' }, body: '' })).toBe(
			true,
		);
		expect(isHtml({ headers: {}, body: '{"a": "<html>"}' })).toBe(false);
		expect(answered(404, PAGE).details.code).toBe('html_page');
	});

	it('marks as ambiguous what may have been done: never a GET', () => {
		const raw = { status: 502, headers: {}, body: '' };
		expect(answerError(POST, raw, NOW).details.ambiguous).toBe(true);
		expect(answerError(GET, raw, NOW).details.ambiguous).toBe(false);
		expect(answerError(POST, { ...raw, status: 400 }, NOW).details.ambiguous).toBe(false);
		expect(networkError(POST, 'ECONNRESET', '').details.ambiguous).toBe(true);
		expect(networkError(POST, 'ECONNREFUSED', '').details.ambiguous).toBe(false);
		expect(networkError(GET, 'ECONNRESET', '').details.ambiguous).toBe(false);
	});

	it('bounds what it keeps', () => {
		const error = answered(500, { error: { message: 'x'.repeat(1e6) } });
		expect(error.message.length).toBeLessThan(1100);
		expect(error.details.body?.length).toBe(4000);
	});

	it('never fails, whatever a server sends', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string(),
					fc.json(),
					fc.jsonValue().map((value) => JSON.stringify({ error: value })),
				),
				fc.integer({ min: 100, max: 599 }),
				(body, status) => {
					const error = answered(status, body);
					expect(error.message).not.toBe('');
					const { message, description } = explain(error);
					expect(message.length).toBeGreaterThan(0);
					expect(description.length).toBeGreaterThan(0);
				},
			),
		);
	});
});

describe('explain', () => {
	const words = (status: number, code?: string, message = 'Said so.') =>
		explain(answered(status, { error: { message, code } }));

	it('names the other ways when OpenAI trains no more', () => {
		const { message, description, cause } = words(403, 'training_not_available');
		expect(message).toContain('no longer lets this organization start fine-tuning jobs: Said so.');
		expect(description).toContain('https://platform.openai.com/docs/deprecations');
		expect(description).toContain('Azure OpenAI');
		expect(cause).toBe('configuration-invalid');
	});

	it('tells quota from rate', () => {
		expect(words(429, 'insufficient_quota')).toMatchObject({
			description: expect.stringContaining('Waiting does not help'),
			cause: 'quota-exhausted',
		});
		expect(words(429, 'rate_limit_exceeded').cause).toBe('rate-limited');
	});

	it.each([
		[401, "'API Key'", 'credential-invalid'],
		[403, 'permission', 'credential-invalid'],
		[404, 'Check the ID', undefined],
		[409, 'Wait a moment', 'temporarily-unavailable'],
		[413, "'Upload in Parts Above'", undefined],
		[422, 'refused the request', undefined],
		[500, 'status.openai.com', 'temporarily-unavailable'],
		[418, 'status 418', undefined],
	])('says what to do after %i', (status, part, cause) => {
		const explanation = words(status);
		expect(explanation.message).toContain('Said so.');
		expect(explanation.description).toContain(part);
		expect(explanation.cause).toBe(cause);
	});

	it('names the address that sent a web page', () => {
		expect(explain(answered(200, PAGE)).message).toBe(
			'The server answered with a web page instead of data at https://api.openai.com/v1',
		);
	});

	it.each([
		['ECONNREFUSED', 'the connection was refused'],
		['ENOTFOUND', 'host name could not be resolved'],
		['ETIMEDOUT', 'did not answer in time'],
		['ECONNABORTED', 'did not answer in time'],
		['ECONNRESET', 'broke off'],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'secure connection'],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'secure connection'],
		[undefined, 'could not be reached'],
	])('explains %s', (code, part) => {
		const { message } = explain(networkError(GET, code, 'Blocked by policy'));
		expect(message).toContain(part);
		expect(message).toContain('https://api.openai.com/v1');
	});

	it('says how long the server asks to wait, and what may have happened', () => {
		const raw = { status: 503, headers: { 'retry-after': '90' }, body: '' };
		const { description } = explain(answerError(POST, raw, NOW));
		expect(description).toContain('asks to wait 90 s');
		expect(description).toContain('may have acted on the request');
	});

	it("avoids the words that n8n's guidelines ban", () => {
		const codes = [
			'training_not_available',
			'insufficient_quota',
			'html_page',
			'not_json',
			'redirect',
		];
		const network = ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'ECONNRESET', 'CERT_HAS_EXPIRED'];
		const all = [
			...codes.map((code) => words(403, code)),
			...[400, 401, 403, 404, 409, 413, 422, 429, 500].map((status) => words(status)),
			...network.map((code) => explain(networkError(GET, code, ''))),
		];
		for (const { message, description } of all) {
			expect(`${message} ${description}`).not.toMatch(/\b(error|problem|failure|mistake)/i);
		}
	});
});

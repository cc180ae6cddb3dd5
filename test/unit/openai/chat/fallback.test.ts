import { ApiError } from '../../../../lib/http/errors';
import { askInTurn, fallbackReason } from '../../../../lib/openai/chat/fallback';

const always = () => true;
type Details = ConstructorParameters<typeof ApiError>[1];
const error = (message: string, details: Details) => new ApiError(message, details);

describe('fallbackReason', () => {
	it.each<[string, string, Details]>([
		[
			'missing',
			'The model `ft:x` does not exist or you do not have access to it.',
			{ status: 404, code: 'model_not_found' },
		],
		[
			'missing',
			'Project `proj_1` does not have access to model `ft:x`',
			{ status: 403, code: 'model_not_found' },
		],
		[
			'missing',
			'The API deployment for this resource does not exist.',
			{ status: 404, code: 'DeploymentNotFound' },
		],
		[
			'missing',
			'The model `x` does not exist.',
			{ status: 404, type: 'NotFoundError', code: '404' },
		],
		['missing', 'model "x" not found, try pulling it first', { status: 404 }],
		[
			'missing',
			'Invalid model name passed in model=x. Call `/v1/models` to view available models',
			{ status: 400 },
		],
		[
			'retired',
			'The model `gpt-4.1-nano` has been deprecated, learn more here: https://platform.openai.com/docs/deprecations',
			{ status: 404, code: 'model_not_found' },
		],
		[
			'retired',
			'The model `x` has been decommissioned and is no longer supported.',
			{ status: 400, code: 'model_decommissioned' },
		],
		['retired', 'Gone', { status: 410 }],
		['rateLimited', 'Rate limit reached', { status: 429, code: 'rate_limit_exceeded' }],
		['serverFault', 'The server had an error', { status: 500 }],
		['serverFault', 'Overloaded', { status: 503 }],
		['noAnswer', 'timeout of 1000ms exceeded', { networkCode: 'ECONNABORTED' }],
		['noAnswer', 'socket hang up', { networkCode: 'ECONNRESET' }],
		['noAnswer', 'Request Timeout', { status: 408 }],
	])('%s: %s', (reason, message, details) => {
		expect(fallbackReason(error(message, details))).toBe(reason);
	});

	it.each<[string, Details]>([
		['Incorrect API key provided', { status: 401, code: 'invalid_api_key' }],
		['You exceeded your current quota', { status: 429, code: 'insufficient_quota' }],
		[
			"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
			{ status: 400, param: 'max_tokens', code: 'unsupported_parameter' },
		],
		["'functions' is deprecated and no longer supported with this model", { status: 400 }],
		[
			"This model's maximum context length is 65536 tokens",
			{ status: 400, code: 'context_length_exceeded', param: 'messages' },
		],
		['Invalid URL (POST /v1/chat/completion)', { status: 404 }],
		['Not Found', { status: 404 }],
		['You are not allowed to sample from this model', { status: 403 }],
		['Invalid schema', { status: 422 }],
		['getaddrinfo ENOTFOUND', { networkCode: 'ENOTFOUND' }],
		['connect ECONNREFUSED', { networkCode: 'ECONNREFUSED' }],
		['canceled', { networkCode: 'ERR_CANCELED' }],
		['?', {}],
	])('another model would not help: %s', (message, details) => {
		expect(fallbackReason(error(message, details))).toBeUndefined();
	});

	it('knows nothing about other errors', () => {
		expect(fallbackReason(new TypeError('x'))).toBeUndefined();
	});
});

describe('askInTurn', () => {
	const missing = error('The model `a` does not exist', {
		status: 404,
		code: 'model_not_found',
		requestId: 'req_1',
	});
	const server = error('Bad gateway', { status: 502 });

	function asker(answers: Record<string, unknown>) {
		const asked: string[] = [];
		return {
			asked,
			ask: async (model: string) => {
				asked.push(model);
				const answer = answers[model];
				return answer instanceof Error ? await Promise.reject(answer) : answer;
			},
		};
	}

	it('stops at the first model that answers', async () => {
		const { asked, ask } = asker({ a: 'A', b: 'B' });
		expect(await askInTurn(['a', 'b'], always, ask)).toEqual({
			model: 'a',
			failed: [],
			answer: 'A',
		});
		expect(asked).toEqual(['a']);
	});

	it('tells which models did not answer, and why', async () => {
		const { ask } = asker({ a: missing, b: server, c: 'C' });
		expect(await askInTurn(['a', 'b', 'c'], always, ask)).toEqual({
			model: 'c',
			answer: 'C',
			failed: [
				{
					model: 'a',
					reason: 'missing',
					message: 'The model `a` does not exist',
					status: 404,
					code: 'model_not_found',
					requestId: 'req_1',
				},
				{ model: 'b', reason: 'serverFault', message: 'Bad gateway', status: 502 },
			],
		});
	});

	it('does not go on for a reason that was not chosen', async () => {
		const { asked, ask } = asker({ a: server, b: 'B' });
		const outcome = await askInTurn(['a', 'b'], (reason) => reason === 'missing', ask);
		expect(outcome).toMatchObject({ model: 'a', error: server, failed: [] });
		expect(asked).toEqual(['a']);
	});

	it('does not go on after a wrong key', async () => {
		const wrongKey = error('Incorrect API key', { status: 401 });
		const { asked, ask } = asker({ a: missing, b: wrongKey, c: 'C' });
		const outcome = await askInTurn(['a', 'b', 'c'], always, ask);
		expect(outcome).toMatchObject({ model: 'b', error: wrongKey, failed: [{ model: 'a' }] });
		expect(asked).toEqual(['a', 'b']);
	});

	it('gives the last error when none answers, and asks no model twice', async () => {
		const { asked, ask } = asker({ a: missing, b: server });
		const outcome = await askInTurn(['a', 'b', 'a'], always, ask);
		expect(outcome).toMatchObject({ model: 'b', error: server, failed: [{ model: 'a' }] });
		expect(asked).toEqual(['a', 'b']);
	});
});

import { useNock } from '../harness';
import {
	answerByTicket,
	API,
	extract,
	items,
	model,
	pair,
	pairs,
	refusal,
	SECRET,
	ticket,
} from './support';

const nock = useNock();

const four = () => items(ticket('IT-1'), ticket('IT-2'), ticket('IT-3'), ticket('IT-4'));
const oneByOne = { concurrency: 1 };
const overloaded = refusal('Overloaded', null, { type: 'server_error' });
const wrongKey = refusal('Incorrect API key provided', 'invalid_api_key');

describe('retries', () => {
	it('waits as the server asks after a 429, and counts one answer', async () => {
		answerByTicket(nock, 2, (_key, count) =>
			count === 1
				? [429, refusal('Slow down', 'rate_limit_exceeded'), { 'retry-after': '7' }]
				: pairs(pair('A')),
		);
		const { outputs, sleeps } = await extract({}, { items: items(ticket('IT-1')) });
		expect(sleeps).toEqual([7000]);
		expect(outputs[0]).toHaveLength(1);
		expect(outputs[2][0].json).toMatchObject({ answers: 1, askedAgain: 0 });
	});

	it('tries again after a 503, but not when the account is empty', async () => {
		answerByTicket(nock, 3, (key, count) => {
			if (key === 'IT-2') return [429, refusal('No quota left', 'insufficient_quota')];
			return count === 1 ? [503, overloaded] : pairs(pair('A'));
		});
		const { outputs, sleeps, error } = await extract(
			{ options: { ...oneByOne, onInterruption: 'returnDone' } },
			{ items: items(ticket('IT-1'), ticket('IT-2')) },
		);
		expect(error).toBeUndefined();
		expect(sleeps).toHaveLength(1);
		expect(outputs[0]).toHaveLength(1);
		expect(outputs[2][0].json.interruption).toContain('no quota left');
	});
});

describe('a server with too many requests', () => {
	const slowDown = refusal('Slow down', 'rate_limit_exceeded');

	it('is left alone by all tickets until it takes them', async () => {
		// Five tries of the transport, then one that comes through.
		const bodies = answerByTicket(nock, 9, (key, count) =>
			key === 'IT-1' && count <= 5 ? [429, slowDown, { 'retry-after': '1' }] : pairs(pair(key)),
		);
		const { outputs, sleeps } = await extract({ options: oneByOne }, { items: four() });
		expect(bodies).toHaveLength(9);
		expect(outputs[0]).toHaveLength(4);
		expect(sleeps.slice(0, 4)).toEqual([1000, 1000, 1000, 1000]);
		expect(sleeps).toHaveLength(5);
		expect(sleeps[4]).toBeGreaterThan(9000);
		expect(sleeps[4]).toBeLessThanOrEqual(10_000);
		expect(outputs[2][0].json).toMatchObject({ answers: 4, askedAgain: 0 });
	});

	it('is given up in the end', async () => {
		const bodies = answerByTicket(nock, 30, () => [429, slowDown]);
		const { error, sleeps } = await extract({ options: oneByOne }, { items: four() });
		expect(bodies).toHaveLength(30);
		expect(error!.httpCode).toBe('429');
		const pauses = sleeps.filter((ms) => ms > 9000);
		expect(pauses.map((ms) => Math.round(ms / 10_000))).toEqual([1, 2, 3, 4, 5]);
	});
});

describe('a server that fails', () => {
	it('ends the run at the first failure when nothing was paid, in plain words', async () => {
		const bodies = answerByTicket(nock, 1, () => [401, wrongKey, { 'x-request-id': 'req_1' }]);
		const { error } = await extract({ options: oneByOne }, { items: four() });
		expect(bodies).toHaveLength(1);
		expect(error!.message).toContain('did not accept the API key');
		expect(error!.description).toContain('req_1');
		expect(error!.description).not.toContain('Before that');
		expect(JSON.stringify(error)).not.toContain(SECRET);
	});

	it('fails fast after paid answers, and keeps them in the error', async () => {
		const bodies = answerByTicket(nock, 3, (key) =>
			key === 'IT-3' ? [401, wrongKey] : pairs(pair(`${key} a`), pair(`${key} b`)),
		);
		const { error, outputs } = await extract({ options: oneByOne }, { items: four() });
		expect(bodies).toHaveLength(3);
		expect(outputs).toEqual([]);
		expect(error!.context.itemIndex).toBe(2);
		expect(error!.message).toContain('did not accept the API key');
		expect(error!.description).toContain(
			'Before that, the model gave 2 answers (4 pairs, about 0.00112 USD); nothing more was sent.',
		);
		expect(error!.description).toContain("'On Interruption'");
		expect(error!.context.data).toMatchObject({
			status: 401,
			report: { pairs: 4, complete: false, leftOutReasons: { not_asked: 2 } },
			pairs: [
				expect.objectContaining({ question: 'IT-1 a', sourceKey: 'IT-1' }),
				expect.objectContaining({ question: 'IT-1 b' }),
				expect.objectContaining({ question: 'IT-2 a' }),
				expect.objectContaining({ question: 'IT-2 b' }),
			],
		});
	});

	it('waits for the answers under way, which are paid for as well', async () => {
		let release = () => {};
		const failed = new Promise<void>((resolve) => (release = resolve));
		nock(API)
			.post('/chat/completions')
			.times(2)
			.reply(async (request: Request) => {
				if ((await request.text()).includes('Title of IT-1')) {
					setImmediate(release);
					return [401, wrongKey];
				}
				await failed;
				return [200, pairs(pair('B'))];
			});
		const { error } = await extract({ options: { concurrency: 2 } }, { items: four() });
		expect(error!.context.data).toMatchObject({
			report: { answers: 1, pairs: 1 },
			pairs: [expect.objectContaining({ question: 'B' })],
		});
	});

	it('hands on what is done on request', async () => {
		answerByTicket(nock, 2, (key) => (key === 'IT-2' ? [401, wrongKey] : pairs(pair(key))));
		const { error, outputs, hints } = await extract(
			{ options: { ...oneByOne, onInterruption: 'returnDone' } },
			{ items: four() },
		);
		expect(error).toBeUndefined();
		expect(outputs[0].map(({ json }) => json.question)).toEqual(['IT-1']);
		expect(outputs[1].map(({ json, pairedItem }) => [json.reason, pairedItem])).toEqual([
			['not_asked', { item: 1 }],
			['not_asked', { item: 2 }],
			['not_asked', { item: 3 }],
		]);
		expect(outputs[1][0].json.detail).toContain('did not accept the API key');
		expect(outputs[1][1].json.ticket).toMatchObject({ key: 'IT-3' });
		expect(outputs[2][0].json).toMatchObject({
			complete: false,
			pairs: 1,
			leftOutReasons: { not_asked: 3 },
			interruption: expect.stringContaining('did not accept the API key'),
		});
		expect(hints[0].message).toContain('The run was interrupted');
	});

	it('goes on ticket by ticket where the node continues on fail', async () => {
		answerByTicket(nock, 4, (key) =>
			key === 'IT-2' ? [400, refusal('Bad request')] : pairs(pair(key)),
		);
		const { outputs, hints } = await extract({}, { items: four(), continueOnFail: true });
		expect(outputs[0].map(({ json }) => json.question)).toEqual(['IT-1', 'IT-3', 'IT-4']);
		expect(outputs[1]).toEqual([
			{
				json: { error: expect.objectContaining({ message: 'Bad request', status: 400 }) },
				pairedItem: { item: 1 },
			},
		]);
		expect(outputs[2][0].json).toMatchObject({ complete: false, failed: 1, leftOut: 0 });
		expect(hints[0].message).toBe("Failed: 1 ticket. See the output 'Left Out'.");
	});

	it('asks nothing more with a key that is refused, even where the node continues on fail', async () => {
		const bodies = answerByTicket(nock, 2, (key) =>
			key === 'IT-2' ? [401, wrongKey] : pairs(pair(key)),
		);
		const { outputs } = await extract(
			{ options: oneByOne },
			{ items: four(), continueOnFail: true },
		);
		expect(bodies).toHaveLength(2);
		expect(outputs[0].map(({ json }) => json.question)).toEqual(['IT-1']);
		expect(outputs[1].map(({ json }) => json.reason)).toEqual([
			undefined,
			'not_asked',
			'not_asked',
		]);
		expect(outputs[2][0].json).toMatchObject({ failed: 1, leftOut: 2, complete: false });
	});

	it('sends failed tickets to the error output', async () => {
		answerByTicket(nock, 2, (key) =>
			key === 'IT-2' ? [400, refusal('Bad request')] : pairs(pair(key)),
		);
		const { outputs } = await extract(
			{},
			{ items: four().slice(0, 2), onError: 'continueErrorOutput' },
		);
		expect(outputs).toHaveLength(4);
		expect(outputs[0].map(({ json }) => json.question)).toEqual(['IT-1']);
		expect(outputs[1]).toEqual([]);
		expect(outputs[3].map(({ json }) => json)).toEqual([
			expect.objectContaining({ error: expect.objectContaining({ message: 'Bad request' }) }),
		]);
	});

	it('names a server that is no chat server', async () => {
		nock(API).post('/chat/completions').reply(200, { hello: 'world' });
		const { error } = await extract({}, { items: items(ticket('IT-1')) });
		expect(error!.message).toBe('The server did not send a chat completion');
	});
});

describe('settings that cannot be used', () => {
	it.each([
		['no model', { model: model('={{ "" }}') }, /'Model' is empty/],
		[
			'a price that is none',
			{ options: { prices: { rows: [{ model: 'm', input: 'much' }] } } },
			/must be a number/,
		],
		['a confidence that is none', { minConfidence: '={{ "high" }}' }, /'Minimum Confidence'/],
		['a wrong temperature', { options: { temperature: 9 } }, /'Temperature' cannot be '9'/],
		['broken examples', { examplesInput: 'json', examplesJson: '[1]' }, /entry 1 is no example/],
		[
			'a temperature of one item that is none',
			{ options: { ...oneByOne, temperature: '={{ $json.key === "IT-4" ? 9 : 1 }}' } },
			/'Temperature' cannot be '9'/,
		],
	])('finds %s before anything is spent', async (_what, parameters, message) => {
		const { error } = await extract(parameters as never, { items: four() });
		expect(error!.message).toMatch(message);
	});

	it('finds an item that is no ticket before the others are sent', async () => {
		const { error } = await extract({}, { items: [...four(), { json: { subject: 'x' } }] });
		expect(error!.message).toContain('The item is no ticket');
		expect(error!.context.itemIndex).toBe(4);
	});
});

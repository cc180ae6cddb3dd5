import { TICKET } from './redact.support';
import { run } from './support';

describe('Redact items', () => {
	test('masks all texts of a ticket, with the same number for the same value, and reports by type', async () => {
		const { outputs, error } = await run('redact', {}, { items: [{ json: TICKET }] });
		expect(error).toBeUndefined();
		const [[item], [report]] = outputs;
		expect(item.json).toEqual({
			...TICKET,
			title: 'Refund for [NAME_1]',
			question: 'Hello, my card [CARD_1] was charged. Reach me: [EMAIL_1]',
			messages: [
				{ id: '1', role: 'agent', public: true, text: 'Hi [NAME_2], we wrote to [EMAIL_1].' },
			],
			people: ['[NAME_1]', '[EMAIL_1]'],
		});
		expect(item.pairedItem).toEqual({ item: 0 });
		expect(report.json).toEqual({
			examples: 1,
			examplesTouched: 1,
			replaced: 7,
			survivors: 0,
			types: {
				card: { count: 1, examples: 1 },
				email: { count: 3, examples: 1 },
				name: { count: 3, examples: 1 },
			},
		});
		expect(report.pairedItem).toEqual([{ item: 0 }]);
	});

	test('each item has its own parameters', async () => {
		const text = 'Mail a@example.com, host 10.0.0.1';
		const items = [
			{ json: { text, types: ['email'], action: 'mask' } },
			{ json: { text, types: ['ip'], action: 'remove' } },
		];
		const { outputs } = await run(
			'redact',
			{ fields: 'text', types: '={{ $json.types }}', replacement: '={{ $json.action }}' },
			{ items },
		);
		expect(outputs[0].map(({ json }) => json.text)).toEqual([
			'Mail [EMAIL_1], host 10.0.0.1',
			'Mail a@example.com, host ',
		]);
		expect(outputs[1][0].json).toMatchObject({ examples: 2, replaced: 2 });
	});

	test('own words, own patterns, values that stay, and numbering in the whole run', async () => {
		const items = [
			'Project Falcon: CUST-123456',
			'project falcon again, CUST-654321, CUST-123456',
		].map((text) => ({ json: { text: `${text} help@example.com` } }));
		const { outputs } = await run(
			'redact',
			{
				options: {
					words: 'Project Falcon',
					allow: 'help@example.com',
					numbering: 'run',
					patterns: { values: [{ name: 'Customer ID', pattern: 'CUST-\\d{6}' }] },
				},
			},
			{ items },
		);
		expect(outputs[0].map(({ json }) => json.text)).toEqual([
			'[WORD_1]: [CUSTOMER_ID_1] help@example.com',
			'[WORD_1] again, [CUSTOMER_ID_2], [CUSTOMER_ID_1] help@example.com',
		]);
	});

	test('a pattern that could take for ever is refused with what to do, and the node can go on', async () => {
		const setup = {
			items: [{ json: { text: 'a' } }],
		};
		const parameters = {
			options: { patterns: { values: [{ name: 'Bad', pattern: '(a+)+$' }] } },
		};
		const stopped = await run('redact', parameters, setup);
		expect(stopped.error?.message).toContain("The pattern 'Bad' repeats something");
		expect(stopped.error?.description).toContain('Limit the outer repetition');
		const { outputs } = await run('redact', parameters, { ...setup, continueOnFail: true });
		expect(outputs[0]).toEqual([
			{
				json: { error: expect.objectContaining({ message: expect.any(String) }) },
				pairedItem: { item: 0 },
			},
		]);
	});
});

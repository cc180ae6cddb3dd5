import { chat, file, jsonl, run, textOf } from './support';

describe.each(['memory', 'filesystem'] as const)('Split, binary data in %s', (binaryMode) => {
	const words =
		'printer paper jam invoice refund login password reset screen cable order delivery'.split(' ');
	const distinct = Array.from({ length: 40 }, (_, index) =>
		chat(
			words.map((word, at) => `${word}${(index * 7 + at * 13) % 101}`).join(' '),
			`Reply ${index}`,
		),
	);

	test('each item by its own share, as two files', async () => {
		const items = [
			{ json: { share: 10 }, files: file(jsonl(...distinct), 'set.jsonl') },
			{ json: { share: 50 }, files: file(jsonl(...distinct)) },
		];
		const { outputs } = await run(
			'split',
			{ percentage: '={{ $json.share }}', options: { trainingFileName: '' } },
			{ items, binaryMode },
		);
		expect(outputs.map((side) => side.map(({ json }) => json.examples))).toEqual([
			[36, 20],
			[4, 20],
		]);
		const [training, validation] = await Promise.all([
			textOf(outputs[0][0]),
			textOf(outputs[1][0]),
		]);
		expect([...training.split('\n'), ...validation.split('\n')].filter(Boolean).sort()).toEqual(
			jsonl(...distinct)
				.split('\n')
				.filter(Boolean)
				.sort(),
		);
		expect(outputs[0][0].json).toMatchObject({
			fileName: 'set-training.jsonl',
			side: 'training',
			allExamples: 40,
			training: 36,
			validation: 4,
			leftOut: 0,
		});
		expect(outputs[1][0].json).toMatchObject({
			fileName: 'set-validation.jsonl',
			side: 'validation',
		});
		expect(outputs[1][1].pairedItem).toEqual({ item: 1 });
	});

	test('by number, balanced by a field that is left out, with what is left out said', async () => {
		const lines = distinct.map((example, index) => ({ ...example, topic: index % 2 ? 'a' : 'b' }));
		const { outputs, hints } = await run(
			'split',
			{ validationSize: 'count', count: 10, options: { stratifyBy: 'topic', seed: 3 } },
			{ items: [{ files: file(`${jsonl(...lines)}oops\n`) }], binaryMode },
		);
		expect(outputs[1][0].json.strata).toEqual({
			a: { training: 15, validation: 5 },
			b: { training: 15, validation: 5 },
		});
		expect(await textOf(outputs[1][0])).not.toContain('topic');
		expect(hints[0].message).toContain('1 line');
	});
});

import {
	assertSucceeded,
	chatUrl,
	type Execution,
	outputOf,
	sendChatMessage,
} from '../../sandbox/n8n';

import { sandboxState } from './sandboxControl';
import { openStage, type Stage } from './stage';
import { exportedWorkflow } from './workflows';

jest.setTimeout(180_000);

/** Jobs live some seconds, so that one of them can be cancelled. */
const SPEED = 60;
const TOUR = exportedWorkflow('appian-parity-tour.json');

let stage: Stage;

beforeAll(async () => {
	stage = await openStage('toolbox', { speed: SPEED });
});

afterAll(async () => {
	await stage?.close();
});

describe('the tour through the 24 operations of Appian, as exported', () => {
	let execution: Execution;

	beforeAll(async () => {
		execution = await stage.run(TOUR, 'Start Here');
		assertSucceeded(execution);
	});

	const text = expect.any(String) as string;
	const tuned = expect.stringMatching(/^ft:gpt-4\.1-mini-2025-04-14:/) as string;
	const fileId = expect.stringMatching(/^file-/) as string;

	test.each<[node: string, items: number | undefined, json: object]>([
		['1 Chat Completion (ChatGPT)', 1, { output: expect.stringContaining('sign-in page') }],
		[
			'2 Create Completion',
			1,
			{ text: expect.stringContaining('cellar of building B'), via: 'completions' },
		],
		[
			'3 Create Completion Edit',
			1,
			{
				text: 'The invoice was paid twice.',
				changed: true,
				diff: expect.stringContaining('-Teh invoice was payed twice.'),
			},
		],
		['9 Create Vector Embedding', 1, { dimensions: 256, model: 'text-embedding-3-small' }],
		['10 Upload a Document', 1, { id: fileId, purpose: 'fine-tune' }],
		['11 Return OpenAI Files', undefined, { id: fileId }],
		['12 Delete OpenAI File', 1, { deleted: true, id: fileId }],
		['13 Return OpenAI File Information', 1, { filename: 'appian-parity-tour.jsonl' }],
		['14 Return OpenAI File Contents', 1, {}],
		['15 Create Fine-Tuning Job', 1, { id: expect.stringMatching(/^ftjob-/) }],
		['16 List Fine-Tuning Jobs', 1, { id: expect.stringMatching(/^ftjob-/) }],
		['17 Cancel Fine-Tuning Job', 1, { status: 'cancelled' }],
		['18 Retrieve Fine-Tune Job Info', 1, { status: 'succeeded', fine_tuned_model: tuned }],
		['19 Get Fine-Tuning Job Status', undefined, { message: text }],
		['20 List Available Models', undefined, { id: text }],
		['21 Delete Fine-Tuning Model', 1, { deleted: true, id: tuned }],
		['22 Retrieve Model Instance Information', 1, { id: tuned, fine_tuned: true }],
		['23 Content Policy Violation', 1, { flagged: true, flagged_inputs: [2], checked: 2 }],
		['24 Create JSON Lines File', 1, { examples: 12 }],
	])('%s', (node, count, json) => {
		const items = outputOf(execution, node);
		expect(items[0].json).toMatchObject(json);
		if (count === undefined) expect(items.length).toBeGreaterThan(0);
		else expect(items).toHaveLength(count);
	});

	test.each([
		'4 Create DALLE Image',
		'7 Edit or Extend DALLE Image',
		'8 Create Variation of Image',
	])('%s gives a picture', (node) => {
		const [{ json, binary }] = outputOf(execution, node);
		expect((binary as { data?: object } | undefined)?.data).toMatchObject({
			mimeType: 'image/png',
		});
		expect(json).not.toHaveProperty('b64_json');
	});

	test.each(['5 Transcribe Audio', '6 Create Translation (Audio)'])('%s gives a text', (node) => {
		expect(outputOf(execution, node)[0].json.text).toMatch(/\w/);
	});

	test('the report has 24 rows', () => {
		const rows = outputOf(execution, 'Report').map(({ json }) => json);
		expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: 24 }, (_, index) => index + 1));
		for (const { result } of rows) expect(result).toMatch(/\w/);
	});

	test('the tuned model and the training file are gone at the end', async () => {
		const { jobs, counts } = await sandboxState(stage.server);
		expect(jobs.map(({ status }) => status).sort()).toEqual(['cancelled', 'succeeded']);
		// What is left is the result file of the job.
		expect(counts.files).toBe(1);
	});

	test('each operation has a note that names its row', () => {
		const notes = TOUR.nodes
			.filter(({ type }) => type.endsWith('.stickyNote'))
			.map(({ parameters }) => String(parameters.content));
		for (let row = 1; row <= 24; row++) {
			const note = notes.filter((content) => content.startsWith(`## Row ${row}\n`));
			expect(note).toHaveLength(1);
			expect(note[0]).toMatch(/\*\*Appian\*\*: .+\n\*\*Here\*\*: .+ > .+\n\*\*Today\*\*: .+/);
		}
	});
});

describe('chat with functions, as exported', () => {
	let chat: string;

	beforeAll(async () => {
		await stage.rest.publish(
			await stage.rest.createWorkflow(exportedWorkflow('functions-for-the-chat.json')),
		);
		const saved = await stage.rest.createWorkflow(exportedWorkflow('chat-function-calling.json'));
		await stage.rest.publish(saved);
		chat = chatUrl(stage.n8n.url, saved);
	});

	test.each([
		[
			'What is the status of order A-1042?',
			'Order A-1042 was shipped on 2026-11-18 and arrives on 2026-11-24.',
		],
		['What is the status of order X-999?', 'There is no order X-999.'],
		['What are the opening hours in Lyon?', 'The office in Lyon is open from 9:00 to 17:30.'],
	])('%s: the answer is grounded in what the function returned', async (question, fact) => {
		expect(await sendChatMessage(chat, question)).toContain(fact);
	});

	test('a question that needs no function is answered at once', async () => {
		expect(await sendChatMessage(chat, 'Hello!')).toContain('sandbox');
	});
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
	assertSucceeded,
	chatUrl,
	type Execution,
	followExecution,
	outputOf,
	sendChatMessage,
} from '../../sandbox/n8n';

import { changeJob, sandboxState } from './sandboxControl';
import { openStage, ROOT, type Stage } from './stage';
import { endWaitsEarly, untilAsleep } from './waits';
import { exportedWorkflow } from './workflows';

jest.setTimeout(240_000);

const UTILITY = exportedWorkflow('utility-fine-tune-openai-model.json');
const ASK = exportedWorkflow('ask-fine-tuned-model.json');
const TRIGGER = 'Start Here';
const HELD_OUT = JSON.parse(
	readFileSync(join(ROOT, 'workflows', 'samples', 'alderbrook-held-out.json'), 'utf8'),
) as Array<{ question: string; expectedAnswer: string }>;

let stage: Stage;
let chat: string;

beforeAll(async () => {
	stage = await openStage('product');
	const saved = await stage.rest.createWorkflow(ASK);
	await stage.rest.publish(saved);
	chat = chatUrl(stage.n8n.url, saved);
});

afterAll(async () => {
	await stage?.close();
});

describe('the exported workflows, unmodified', () => {
	test('asked before there is a model, the chat says what to do', async () => {
		expect(await sendChatMessage(chat, 'Hello?')).toMatch(
			/no fine-tuned model yet.*Run the workflow/s,
		);
	});

	test('the utility workflow makes a model from the sample data', async () => {
		const execution = await stage.run(UTILITY, TRIGGER);
		assertSucceeded(execution);
		expect(outputOf(execution, 'Build JSONL File')[0].json.examples).toBe(64);
		const [{ json }] = outputOf(execution, 'Write Message');
		expect(json.model).toMatch(/^ft:gpt-4\.1-mini-2025-04-14:/);
		expect(json.answer).toBe(HELD_OUT[0].expectedAnswer);
		expect(json.message).toContain(json.model);
		expect(json.message).not.toMatch(/undefined|null|NaN/);
		const { jobs, counts } = await sandboxState(stage.server);
		expect(jobs.map(({ status }) => status)).toEqual(['succeeded']);
		// The training file and the job's result file.
		expect(counts.files).toBe(2);
	});

	test('a second run uploads nothing twice, and starts a job of its own', async () => {
		assertSucceeded(await stage.run(UTILITY, TRIGGER));
		const { jobs, counts } = await sandboxState(stage.server);
		expect(jobs).toHaveLength(2);
		expect(counts.files).toBe(3);
	});

	test('the chat answers the held-out questions from the newest model', async () => {
		const answers = [];
		for (const { question } of HELD_OUT) answers.push(await sendChatMessage(chat, question));
		expect(answers).toEqual(HELD_OUT.map(({ expectedAnswer }) => expectedAnswer));
	});

	test('the chat remembers a visitor, and keeps visitors apart', async () => {
		await sendChatMessage(chat, HELD_OUT[0].question, 'visitor-1');
		await sendChatMessage(chat, HELD_OUT[1].question, 'visitor-1');
		await sendChatMessage(chat, HELD_OUT[1].question, 'visitor-2');
		const [second, first] = await lastExecutions(2);
		const promptTokens = (execution: Execution) =>
			(outputOf(execution, 'Ask Fine-Tuned Model')[0].json.usage as { prompt_tokens: number })
				.prompt_tokens;
		// The same question, with and without an exchange of more than 30 tokens before it.
		expect(promptTokens(first) - promptTokens(second)).toBeGreaterThan(30);
	});
});

describe('a wait that outlives n8n', () => {
	beforeAll(() => stage.server.changeSettings({ speed: 1 }));

	test('n8n ends in the middle of a wait, and the workflow goes on after the restart', async () => {
		const before = (await sandboxState(stage.server)).jobs.length;
		const { id } = await stage.rest.createWorkflow(UTILITY);
		const execution = await stage.rest.runWorkflow(id, TRIGGER);
		await untilAsleep(stage.rest, execution, 50_000);
		await stage.restart({
			crash: true,
			meanwhile: async () => {
				await stage.server.advance(60 * 60_000);
				endWaitsEarly(stage.userFolder);
			},
		});
		const ended = await followExecution(stage.rest, execution, { timeoutMs: 60_000 });
		assertSucceeded(ended);
		expect(outputOf(ended, 'Write Message')[0].json.model).toMatch(/^ft:/);
		expect((await sandboxState(stage.server)).jobs).toHaveLength(before + 1);
	});

	test('a job that is cancelled from outside stops the workflow with the reason', async () => {
		const { id } = await stage.rest.createWorkflow(UTILITY);
		const execution = await stage.rest.runWorkflow(id, TRIGGER);
		const job = await newestJob('validating_files');
		await changeJob(stage.server, job, { status: 'cancelled' });
		const { status, resultData } = await followExecution(stage.rest, execution, {
			timeoutMs: 60_000,
		});
		expect(status).toBe('error');
		expect(resultData.error?.message).toMatch(/ftjob-\S+ ended as "cancelled"/);
	});
});

async function lastExecutions(count: number): Promise<Execution[]> {
	const { results } = await stage.rest.request<{ results: Array<{ id: string }> }>(
		'GET',
		`/rest/executions?limit=${count}`,
	);
	return await Promise.all(results.map(({ id }) => stage.rest.execution(id)));
}

async function newestJob(status: string): Promise<string> {
	for (let tries = 0; tries < 200; tries++) {
		const job = (await sandboxState(stage.server)).jobs.find((one) => one.status === status);
		if (job) return job.id;
		await pause(100);
	}
	throw new Error(`No job is ${status}.`);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

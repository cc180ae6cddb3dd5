import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { assertSucceeded, chatUrl, sendChatMessage } from '../../sandbox/n8n';

import { openStage, ROOT, type Stage } from './stage';
import { exportedWorkflow } from './workflows';

jest.setTimeout(180_000);

const AGENT = exportedWorkflow('agent-with-fine-tuned-model.json');
const HELD_OUT = JSON.parse(
	readFileSync(join(ROOT, 'workflows', 'samples', 'alderbrook-held-out.json'), 'utf8'),
) as Array<{ question: string; expectedAnswer: string }>;

let stage: Stage;
let chat: string;

beforeAll(async () => {
	stage = await openStage('agent');
	const utility = exportedWorkflow('utility-fine-tune-openai-model.json');
	assertSucceeded(await stage.run(utility, 'Start Here'));
	const saved = await stage.rest.createWorkflow(AGENT);
	await stage.rest.publish(saved);
	chat = chatUrl(stage.n8n.url, saved);
});

afterAll(async () => {
	await stage?.close();
});

describe("n8n's AI Agent with the Fine-Tuned Chat Model, as exported", () => {
	test('answers with the tuned model', async () => {
		const [{ question, expectedAnswer }] = HELD_OUT;
		expect(await sendChatMessage(chat, question)).toBe(expectedAnswer);
	});

	test("calls the tool that the model asks for, and answers with the tool's result", async () => {
		const answer = await sendChatMessage(chat, 'Count the participants of survey Q3-2025');
		expect(answer).toContain('412 people took part in Q3-2025');
	});
});

import { SANDBOX_API_KEY, slackCredential } from '../../sandbox/n8n';
import { CHANNELS, type SlackSandbox, startSlackSandbox } from '../../sandbox/slack';

import { DROP, Editor } from './editor';
import { picture } from './pictures';
import { uploadSamples } from './sandboxControl';
import { openStage, type Stage } from './stage';
import { MANUAL_TRIGGER, type Step, workflowOf } from './workflows';

jest.setTimeout(240_000);

const QUESTION = 'What was the main complaint in the 2025 Onboarding Experience Survey?';
/** An answer that earlier nodes have made; without a thread it goes to the channel. */
const IN_CHANNEL = { output: 'The canteen opens at 11:30.', channelId: CHANNELS.helpDesk.id };
const ANSWER = /Late laptops: 38 percent/;

let slack: SlackSandbox;
let stage: Stage;
let editor: Editor;

beforeAll(async () => {
	slack = await startSlackSandbox();
	stage = await openStage('new-nodes');
	const credential = slackCredential();
	credential.data.apiUrl = `${slack.url}/api`;
	await stage.rest.putCredential(credential);
	await startTraining();
	editor = await Editor.open(stage.n8n.url);
});

afterAll(async () => {
	await editor?.close();
	await stage?.close();
	await slack?.close();
});

describe('each node, from the nodes panel to its first output', () => {
	test('OpenAI Toolbox makes a picture with a model picked from the loaded list', async () => {
		await openCanvas('Toolbox');
		await editor.dragFromPanel('OpenAI Toolbox', 'Generate image', DROP);
		await editor.closeNode();
		await editor.connect(MANUAL_TRIGGER, 'Generate image');
		await editor.openNode('Generate image');
		await editor.pickFromList('model', /^gpt-image-2\.6-flare/);
		await editor.type('prompt', 'A paper boat on a calm lake, as a flat icon');
		await editor.executeStep();
		await editor.outputShows('image_1.png');
		await editor.screenshot(picture('openai-toolbox.png'));
	});

	test('OpenAI Fine-Tune shows how long each tuned model will last', async () => {
		await openCanvas('Inventory');
		await editor.dragFromPanel('OpenAI Fine-Tune', 'Get inventory of fine tuned models', DROP);
		await editor.closeNode();
		await editor.connect(MANUAL_TRIGGER, 'Get inventory of fine tuned models');
		await editor.openNode('Get inventory of fine tuned models');
		await editor.executeStep();
		await editor.outputShows('2027-01-14');
		await editor.showOutputAs('Schema');
		await editor.screenshot(picture('inventory.png'));
	});

	test('OpenAI Fine-Tune Trigger fetches the newest job that has succeeded', async () => {
		await openCanvas('Trigger');
		await dragTrigger('OpenAI Fine-Tune', 'On job succeeded');
		await editor.executeStep();
		await editor.outputShows('jobSucceeded');
		await editor.outputShows(/^ft:gpt-4\.1-mini/);
		await editor.showOutputAs('Schema');
		await editor.screenshot(picture('openai-fine-tune-trigger.png'));
	});

	test('Golden Set records what a model answers to the question of an item', async () => {
		await openCanvas(
			'Golden Set',
			rows('A Question', { question: QUESTION, answer: 'Late laptops.' }),
		);
		await editor.dragFromPanel('Golden Set', 'Record answers of a model', DROP);
		await editor.closeNode();
		await editor.connect('A Question', 'Golden Set');
		await editor.openNode('Golden Set');
		await editor.pickFromList('model', /^ft:/);
		await editor.at('parameter-input-inputType').click();
		await editor.page.getByRole('option', { name: /^Items/ }).click();
		await editor.executeStep();
		await editor.outputShows(/^Questions Branch \(1 item\)/);
		await editor.outputShows(ANSWER);
		await editor.screenshot(picture('golden-set.png'));
		await editor
			.at('output-panel')
			.getByText(/^Summary Branch/)
			.click();
		await editor.outputShows(/\.record\.jsonl$/);
	});

	test('Slack Answer posts what comes in, and takes a memory only where it asks a model', async () => {
		await openCanvas('Slack Answer', rows('An Answer', IN_CHANNEL));
		await editor.dragFromPanel('Slack Answer', 'Post an answer to slack', DROP);
		await editor.closeNode();
		expect(await editor.connector('Slack Answer', 'main').count()).toBe(1);
		expect(await editor.connector('Slack Answer', 'ai_memory').count()).toBe(0);
		await editor.connect('An Answer', 'Slack Answer');
		await editor.openNode('Slack Answer');
		await editor.executeStep();
		await editor.outputShows(CHANNELS.helpDesk.id);
		await editor.screenshot(picture('slack-answer.png'));
		const posted = slack.desk.workspace.messages.filter(
			({ channel }) => channel === CHANNELS.helpDesk.id,
		);
		expect(posted.at(-1)?.text).toContain(IN_CHANNEL.output);
	});

	test('Slack Question Trigger shows the address that Slack is to be given', async () => {
		await openCanvas('Slack Trigger');
		// The panel leaves out the word that all triggers end in, and offers each source as a trigger.
		await editor.dragFromPanel('Slack Question', 'On direct message', DROP);
		await editor.page.getByText('Webhook URLs', { exact: true }).click();
		await editor.page.getByText('Production URL', { exact: true }).click();
		const url = editor.page.getByText(/^http:\/\/127\.0\.0\.1:\d+\/webhook\//);
		expect(await url.textContent()).toMatch(/\/webhook\/[0-9a-f-]{36}\/webhook$/);
		await editor.screenshot(picture('slack-question-trigger.png'));
	});
});

describe('the Fine-Tuned Chat Model in an AI Agent', () => {
	test('is found at the connector for a chat model, and answers with a model picked from the list', async () => {
		await openCanvas('Agent', agent(QUESTION));
		await editor.addSubNode('AI Agent', 'ai_languageModel', 'Fine-Tuned Chat Model');
		await editor.pickFromList('model', /^ft:/);
		await editor.screenshot(picture('fine-tuned-chat-model.png'));
		await editor.closeNode();
		await editor.at('execute-workflow-button').click();
		await editor.succeeded('AI Agent');
		await editor.at('stop-execution-button').waitFor({ state: 'hidden' });
		await editor.screenshot(picture('agent-run.png'));
		await editor.openNode('AI Agent');
		await editor.outputShows(ANSWER);
	});
});

async function openCanvas(name: string, ...steps: Step[]): Promise<void> {
	const { id } = await stage.rest.createWorkflow(workflowOf(name, ...steps));
	await editor.openWorkflow(id);
}

/** Of a trigger with a node of the same name: both are one entry of the panel, the actions open, the triggers folded below. */
async function dragTrigger(displayName: string, trigger: string): Promise<void> {
	const item = (name: string) =>
		editor
			.at('item-iterator-item')
			.filter({ has: editor.page.getByText(name, { exact: true }) })
			.first();
	await editor.at('node-creator-plus-button').click();
	await editor.at('node-creator-search-bar').fill(displayName);
	await item(displayName).click();
	await editor.page.getByText(/^Triggers \(\d+\)/).click();
	const draggable = item(trigger).locator('[draggable]');
	await draggable.dragTo(editor.at('canvas-wrapper'), { targetPosition: DROP });
}

function rows(name: string, row: Record<string, unknown>): Step {
	return {
		name,
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		parameters: { jsCode: `return [{ json: ${JSON.stringify(row)} }];` },
	};
}

function agent(text: string): Step {
	return {
		name: 'AI Agent',
		type: '@n8n/n8n-nodes-langchain.agent',
		typeVersion: 3.1,
		parameters: { promptType: 'define', text, options: {} },
	};
}

/** The sample data in a model, past n8n; at the speed of this stage it is there before the browser is. */
async function startTraining(): Promise<void> {
	const training_file = await uploadSamples(stage.server);
	const response = await fetch(`${stage.server.url}/v1/fine_tuning/jobs`, {
		method: 'POST',
		headers: {
			authorization: `Bearer ${SANDBOX_API_KEY}`,
			'content-type': 'application/json',
		},
		body: JSON.stringify({ model: 'gpt-4.1-mini-2025-04-14', training_file }),
	});
	expect(response.status).toBe(200);
}

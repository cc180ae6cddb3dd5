import { chatUrl } from '../../sandbox/n8n';

import { DROP, Editor } from './editor';
import { picture } from './pictures';
import { resetSandbox, sandboxState, uploadSamples } from './sandboxControl';
import { openStage, type Stage } from './stage';
import { exportedWorkflow, MANUAL_TRIGGER, type Step, workflowOf } from './workflows';

jest.setTimeout(240_000);

let stage: Stage;
let editor: Editor;

beforeAll(async () => {
	stage = await openStage('browser');
	await resetSandbox(stage.server);
	editor = await Editor.open(stage.n8n.url);
});

afterAll(async () => {
	await editor?.close();
	await stage?.close();
});

describe('each node, from the nodes panel to its first output', () => {
	test('JSONL Builder builds a file from sample data', async () => {
		const [samples] = exportedWorkflow('utility-fine-tune-openai-model.json').nodes.filter(
			({ name }) => name === 'Sample Questions and Answers',
		);
		await openCanvas('Builder', {
			name: samples.name,
			type: samples.type,
			typeVersion: samples.typeVersion,
			parameters: samples.parameters,
		});
		await editor.dragFromPanel('JSONL Builder', 'Build dataset', DROP);
		await editor.closeNode();
		await editor.connect(samples.name, 'Build dataset');
		await editor.openNode('Build dataset');
		await editor.executeStep();
		await editor.outputShows('dataset.jsonl');
		await editor.screenshot(picture('jsonl-builder.png'));
	});

	test('OpenAI Fine-Tune starts a job with a model and a file picked from loaded lists', async () => {
		const file = await uploadSamples(stage.server);
		await openCanvas('Fine-Tune');
		await editor.dragFromPanel('OpenAI Fine-Tune', 'Create fine tuning job', DROP);
		await editor.closeNode();
		await editor.connect(MANUAL_TRIGGER, 'Create fine tuning job');
		await editor.openNode('Create fine tuning job');
		await editor.pickFromList('baseModel', /^gpt-4\.1-mini/);
		await editor.pickFromList('trainingFile', /samples\.jsonl/);
		await editor.executeStep();
		await editor.outputShows('ftjob-');
		await editor.outputShows(file);
		await editor.screenshot(picture('openai-fine-tune.png'));
		expect((await sandboxState(stage.server)).jobs).toHaveLength(1);
	});

	test('Fine-Tuned Chat asks a tuned model that is first in the loaded list', async () => {
		await openCanvas('Chat');
		await editor.dragFromPanel('Fine-Tuned Chat', 'Message a model', DROP);
		await editor.closeNode();
		await editor.connect(MANUAL_TRIGGER, 'Message a model');
		await editor.openNode('Message a model');
		await editor.pickFromList('model', /^ft:gpt-4\.1-mini/);
		await editor.type('userMessage', 'How much is the training budget per person?');
		await editor.executeStep();
		await editor.outputShows('1,500 euros a year');
		await editor.screenshot(picture('fine-tuned-chat.png'));
	});
});

describe('the exported workflows on the canvas', () => {
	test('the utility workflow runs at the press of its button', async () => {
		const { id } = await stage.rest.createWorkflow(
			exportedWorkflow('utility-fine-tune-openai-model.json'),
		);
		// The workflow's own shape, so that the picture shows it as large as can be.
		await editor.page.setViewportSize({ width: 1280, height: 980 });
		await editor.openWorkflow(id);
		await editor.screenshot(picture('utility-workflow.png'));
		await editor.at('execute-workflow-button').click();
		await editor.succeeded('Notify Your Team');
		await editor.screenshot(picture('utility-workflow-run.png'));
		await editor.page.setViewportSize({ width: 1600, height: 900 });
	});

	test('the second workflow answers in the chat beside the canvas', async () => {
		const { id } = await stage.rest.createWorkflow(exportedWorkflow('ask-fine-tuned-model.json'));
		await editor.openWorkflow(id);
		await editor.screenshot(picture('ask-workflow.png'));
		await editor.chat('What was the main complaint in the 2025 Onboarding Experience Survey?');
		await editor
			.at('canvas-chat-body')
			.getByText(/Late laptops/)
			.waitFor();
		await editor.screenshot(picture('ask-workflow-chat.png'));
	});

	// The page's own script comes from a public network, which a test must not need.
	test('the second workflow has a chat page once it is published', async () => {
		const saved = await stage.rest.createWorkflow(exportedWorkflow('ask-fine-tuned-model.json'));
		await stage.rest.publish(saved);
		const page = await waitForPage(chatUrl(stage.n8n.url, saved));
		expect(page).toContain('Ask Alderbrook');
		expect(page).toContain(chatUrl(stage.n8n.url, saved));
	});
});

async function waitForPage(url: string): Promise<string> {
	for (let tries = 0; tries < 100; tries++) {
		const response = await fetch(url);
		if (response.ok) return await response.text();
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	throw new Error(`${url} was not there within 20 s.`);
}

async function openCanvas(name: string, ...steps: Step[]): Promise<void> {
	const { id } = await stage.rest.createWorkflow(workflowOf(name, ...steps));
	await editor.openWorkflow(id);
}

import { type SavedWorkflow, ticketCredentials } from '../../sandbox/n8n';
import { startTicketSystems, type TicketSystems } from '../../sandbox/tickets';

import { DROP, Editor } from './editor';
import { picture } from './pictures';
import { openStage, type Stage } from './stage';
import { exportedWorkflow, MANUAL_TRIGGER, type Step, workflowOf } from './workflows';

jest.setTimeout(240_000);

const CALLED = ['process-ticket.json', 'generate-training-data.json'];

let systems: TicketSystems;
let stage: Stage;
let editor: Editor;

beforeAll(async () => {
	systems = await startTicketSystems();
	stage = await openStage('ticket-nodes');
	for (const credential of ticketCredentials(systems.addresses)) {
		await stage.rest.putCredential(credential);
	}
	editor = await Editor.open(stage.n8n.url);
});

afterAll(async () => {
	await editor?.close();
	await stage?.close();
	await systems?.close();
});

/** What people of a help desk would have in a table. */
const ROW = {
	title: 'Display stays black',
	question: 'My screen stays black when I plug in the dock. What can I do?',
	answer: 'Unplug the power of the dock for 30 seconds, then plug it in again.',
};

const TICKET = {
	...{ source: 'fields', id: '7', key: 'IT-7', status: 'Done', resolved: true },
	...{ title: ROW.title, question: ROW.question, tags: [], people: [] },
	messages: [{ id: '1', role: 'agent', public: true, text: ROW.answer }],
};

describe('each ticket node, from the nodes panel to its first output', () => {
	test('Jira Tickets reads a project picked from the loaded list', async () => {
		await openCanvas('Jira');
		await editor.dragFromPanel('Jira Tickets', 'Get many tickets', DROP);
		await editor.closeNode();
		await editor.connect(MANUAL_TRIGGER, 'Jira Tickets');
		await editor.openNode('Jira Tickets');
		await editor.pickOption('projects', /^IT /);
		await editor.executeStep();
		await editor.outputShows(/^Tickets Branch \(\d\d items\)/);
		await editor.showOutputAs('Schema');
		await editor.screenshot(picture('jira-tickets.png'));
	});

	// n8n names a node by its action where it has several resources, else by itself.
	test.each([
		['Zendesk Tickets', 'Get many tickets', 'Zendesk Tickets'],
		['ServiceNow Tickets', 'Get many incidents', 'Get many incidents'],
		['Salesforce Cases', 'Get many cases', 'Salesforce Cases'],
	])('%s reads without a setting', async (name, action, nodeName) => {
		await openCanvas(name);
		await editor.dragFromPanel(name, action, DROP);
		await editor.closeNode();
		await editor.connect(MANUAL_TRIGGER, nodeName);
		await editor.openNode(nodeName);
		await editor.executeStep();
		await editor.outputShows(/^Tickets Branch \(\d\d items\)/);
		await editor.showOutputAs('Schema');
		await editor.screenshot(picture(`${name.toLowerCase().replace(' ', '-')}.png`));
	});

	test('Ticket Normalizer takes a row of a table', async () => {
		await openCanvas('Normalizer', rows('A Row', ROW));
		await editor.addFromPanel('Ticket Normalizer');
		await editor.closeNode();
		await editor.connect('A Row', 'Ticket Normalizer');
		await editor.openNode('Ticket Normalizer');
		await editor.executeStep();
		await editor.outputShows(ROW.title);
		await editor.screenshot(picture('ticket-normalizer.png'));
	});

	test('Q&A Extractor asks a model picked from the loaded list', async () => {
		await openCanvas('Extractor', rows('A Ticket', TICKET));
		await editor.addFromPanel('Q&A Extractor');
		await editor.closeNode();
		await editor.connect('A Ticket', 'Q&A Extractor');
		await editor.openNode('Q&A Extractor');
		await editor.pickFromList('model', /^gpt-4\.1-mini/);
		await editor.executeStep();
		await editor.outputShows('question');
		await editor.screenshot(picture('qa-extractor.png'));
	});
});

describe('the exported ticket workflows on the canvas', () => {
	const saved = new Map<string, SavedWorkflow>();

	beforeAll(async () => {
		// What others call must be published.
		for (const file of CALLED) {
			const workflow = await stage.rest.createWorkflow(exportedWorkflow(file));
			await stage.rest.publish(workflow);
			saved.set(file, workflow);
		}
	});

	test('the data workflow runs at the press of its button', async () => {
		await editor.page.setViewportSize({ width: 1600, height: 620 });
		await editor.openWorkflow(saved.get('generate-training-data.json')!.id);
		await editor.at('execute-workflow-button').click();
		await editor.succeeded('Write Report');
		await editor.screenshot(picture('training-data-workflow.png'));
	});

	test('the ticket workflow runs to its mail', async () => {
		const { id } = await stage.rest.createWorkflow(
			exportedWorkflow('fine-tune-itsm-support-data.json'),
		);
		await editor.page.setViewportSize({ width: 1600, height: 720 });
		await editor.openWorkflow(id);
		await editor.screenshot(picture('ticket-workflow.png'));
		await editor.at('execute-workflow-button').click();
		await editor.succeeded('Send Notice of Success');
		await editor.screenshot(picture('ticket-workflow-run.png'));
		await editor.page.setViewportSize({ width: 1600, height: 900 });
		expect(systems.mailbox.messages.at(-1)?.subject).toMatch(/^Your model is ready: ft:/);
	});

	test('the mail is in the mailbox of the sandbox', async () => {
		const page = await editor.browser.newPage({
			viewport: { width: 900, height: 640 },
			colorScheme: 'light',
		});
		await page.goto(systems.mailbox.url);
		await page.getByRole('heading', { name: /^Your model is ready: ft:/ }).waitFor();
		await page.screenshot({ path: picture('mailbox.png') });
		await page.close();
	});
});

async function openCanvas(name: string, ...steps: Step[]): Promise<void> {
	const { id } = await stage.rest.createWorkflow(workflowOf(name, ...steps));
	await editor.openWorkflow(id);
}

function rows(name: string, row: Record<string, unknown>): Step {
	return {
		name,
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		parameters: { jsCode: `return [{ json: ${JSON.stringify(row)} }];` },
	};
}

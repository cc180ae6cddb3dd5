import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { LAB_KEY, type ProviderStandIn, startProvider } from '../../sandbox/providers/lab';
import { nebius } from '../../sandbox/providers/nebius';

import { Editor } from './editor';
import { openStage, ROOT, type Stage } from './stage';
import { workflowOf } from './workflows';

jest.setTimeout(240_000);

const IMAGES = join(ROOT, '.cache', 'e2e', 'images');
const NODE = 'Job at Nebius';

let stage: Stage;
let editor: Editor;
let standIn: ProviderStandIn;

beforeAll(async () => {
	mkdirSync(IMAGES, { recursive: true });
	standIn = await startProvider(nebius);
	stage = await openStage('providers');
	editor = await Editor.open(stage.n8n.url);
});

afterAll(async () => {
	await editor?.close();
	await stage?.close();
	await standIn?.close();
});

/** What the list of a field offers, which n8n keeps ready while it is closed. */
async function offered(parameter: string): Promise<string[]> {
	const field = editor.at(`parameter-input-${parameter}`).getByRole('combobox');
	const list = await field.getAttribute('aria-controls');
	const headlines = editor.page.locator(`[id="${list}"] .option-headline`);
	await headlines.first().waitFor({ state: 'attached' });
	return (await headlines.allTextContents()).map((text) => text.trim());
}

test('the lists of the node hold what the provider of the credential has', async () => {
	const credential = await stage.rest.putCredential({
		name: 'Nebius',
		type: 'openAiFineTuningApi',
		data: {
			provider: 'nebius',
			baseUrl: `${standIn.url}/v1`,
			authentication: 'bearer',
			apiKey: LAB_KEY,
		},
	});
	const { id } = await stage.rest.createWorkflow(
		workflowOf('Providers', {
			name: NODE,
			type: 'openAiFineTune',
			parameters: { resource: 'job', operation: 'create' },
			credential,
		}),
	);
	await editor.openWorkflow(id);
	await editor.openNode(NODE);
	const operations = await offered('operation');
	expect(operations).toEqual(expect.arrayContaining(['Cancel', 'Create', 'Get Events', 'Run']));
	for (const missing of ['Pause', 'Resume']) expect(operations).not.toContain(missing);
	const resources = await offered('resource');
	expect(resources).toEqual(['Deployment', 'File', 'Job', 'Model']);
	await editor.at('parameter-input-operation').locator('.el-select__caret').click();
	await editor.page.getByRole('option', { name: /^Get Checkpoints/ }).waitFor();
	await editor.screenshot(join(IMAGES, 'providers-nebius.png'));
});

import { chromium, type Browser, type Locator, type Page } from 'playwright-core';

import { OWNER } from '../../sandbox/n8n';

const byTestId = (id: string) => `[data-test-id="${id}"]`;

/** A free place on the canvas. */
export const DROP = { x: 760, y: 520 };

/** n8n's editor in a headless browser, signed in. Every action of Playwright waits at most 30 s. */
export class Editor {
	private constructor(
		readonly browser: Browser,
		readonly page: Page,
		private readonly url: string,
	) {}

	static async open(n8nUrl: string): Promise<Editor> {
		const browser = await chromium.launch({
			executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
			args: ['--no-sandbox', '--disable-dev-shm-usage'],
		});
		const page = await browser.newPage({
			viewport: { width: 1600, height: 900 },
			colorScheme: 'light',
		});
		page.setDefaultTimeout(30_000);
		await page.goto(`${n8nUrl}/signin`);
		await page.locator('input[name=emailOrLdapLoginId]').fill(OWNER.email);
		await page.locator('input[name=password]').fill(OWNER.password);
		await page.locator(byTestId('form-submit-button')).click();
		await page.waitForURL(/\/(home|workflow)/);
		return new Editor(browser, page, n8nUrl);
	}

	at(testId: string): Locator {
		return this.page.locator(byTestId(testId));
	}

	node(name: string): Locator {
		return this.page.locator(`${byTestId('canvas-node')}[data-node-name="${name}"]`);
	}

	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.at('canvas-node').first().waitFor();
	}

	/** Finds a node in the nodes panel by its display name and drags one of its actions on the canvas. */
	async dragFromPanel(
		displayName: string,
		action: string,
		target: { x: number; y: number },
	): Promise<void> {
		await this.at('node-creator-plus-button').click();
		await this.at('node-creator-search-bar').fill(displayName);
		await this.panelItem(displayName).click();
		const item = this.panelItem(action).locator('[draggable]');
		await item.dragTo(this.at('canvas-wrapper'), { targetPosition: target });
	}

	/** The same for a node that has no actions: n8n puts it somewhere free and opens it. */
	async addFromPanel(displayName: string): Promise<void> {
		await this.at('node-creator-plus-button').click();
		await this.pickInPanel(displayName);
	}

	/** The same for a sub-node, from the plus below the node that takes it. */
	async addSubNode(node: string, connection: string, displayName: string): Promise<void> {
		await this.connector(node, connection).locator(byTestId('canvas-handle-plus')).click();
		await this.pickInPanel(displayName);
	}

	/** Where a node takes what is not in the main flow, e.g. `ai_memory`. */
	connector(node: string, connection: string): Locator {
		return this.page.locator(
			`${byTestId('canvas-node-input-handle')}[data-node-name="${node}"][data-handleid^="inputs/${connection}/"]`,
		);
	}

	private async pickInPanel(displayName: string): Promise<void> {
		await this.at('node-creator-search-bar').fill(displayName);
		await this.panelItem(displayName).click();
		await this.page.getByRole('button', { name: 'Add to workflow' }).click();
		await this.at('ndv').waitFor();
	}

	private panelItem(text: string): Locator {
		return this.at('item-iterator-item')
			.filter({ has: this.page.getByText(text, { exact: true }) })
			.first();
	}

	async openNode(name: string): Promise<void> {
		await this.node(name).dblclick();
		await this.at('ndv').waitFor();
	}

	async closeNode(): Promise<void> {
		await this.page.keyboard.press('Escape');
		await this.at('ndv').waitFor({ state: 'hidden' });
	}

	/** Picks an entry of a resource locator's list, which the node loads from the service. */
	async pickFromList(parameter: string, text: string | RegExp): Promise<string> {
		const field = this.at(`resource-locator-${parameter}`);
		await field.locator(byTestId('rlc-input')).click();
		const entry = this.at('rlc-item').filter({ hasText: text }).first();
		await entry.waitFor();
		const label = (await entry.innerText()).trim();
		await entry.click();
		return label;
	}

	/** Picks an entry of a list in which several can be picked, which the node loads from the service. */
	async pickOption(parameter: string, name: RegExp): Promise<void> {
		const option = this.page.getByRole('option', { name, includeHidden: true });
		const arrow = this.at(`parameter-input-${parameter}`).locator('.el-select__caret');
		// The list closes by itself when it comes in.
		await option.waitFor({ state: 'attached' });
		await arrow.click();
		await option.click();
		await arrow.click();
		await option.waitFor({ state: 'hidden' });
	}

	/** Puts a text in the place of what a parameter holds, an expression included. */
	async type(parameter: string, text: string): Promise<void> {
		const container = this.at(`${parameter}-parameter-input-options-container`);
		await this.at(`parameter-input-${parameter}`).hover();
		await container.locator(byTestId('radio-button-fixed')).click();
		await this.at(`parameter-input-${parameter}`).locator('textarea').fill(text);
	}

	async executeStep(): Promise<void> {
		await this.at('node-execute-button').click();
	}

	async outputShows(text: string | RegExp): Promise<void> {
		await this.at('output-panel').getByText(text).first().waitFor();
	}

	async showOutputAs(view: 'Schema' | 'Table' | 'JSON'): Promise<void> {
		await this.at('output-panel').getByText(view, { exact: true }).click();
	}

	/** Draws a connection from the first output of one node to the input of another. */
	async connect(from: string, to: string): Promise<void> {
		const handle = (kind: string, name: string) =>
			this.page
				.locator(`${byTestId(`canvas-node-${kind}-handle`)}[data-node-name="${name}"]`)
				.first();
		const before = await this.at('edge').count();
		await handle('output', from).dragTo(handle('input', to));
		await this.at('edge').nth(before).waitFor();
	}

	/** Waits until the run of a whole workflow has left a green tick at this node. */
	async succeeded(name: string): Promise<void> {
		await this.node(name)
			.locator(byTestId('canvas-node-status-success'))
			.waitFor({ timeout: 60_000 });
	}

	/** Opens the chat beside the canvas and sends a message. */
	async chat(message: string): Promise<void> {
		await this.at('workflow-chat-button').click();
		await this.at('chat-input').fill(message);
		await this.page.keyboard.press('Enter');
	}

	async screenshot(path: string): Promise<void> {
		await this.page.addStyleTag({ content: '.el-notification { display: none !important; }' });
		// The canvas fits itself into view with a short animation.
		await this.page.waitForTimeout(600);
		await this.page.screenshot({ path });
	}

	async close(): Promise<void> {
		await this.browser.close();
	}
}

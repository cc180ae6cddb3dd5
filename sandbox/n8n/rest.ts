import { parse as parseFlatted } from 'flatted';

const REQUEST_TIMEOUT_MS = 60_000;

export const OWNER = {
	email: 'owner@example.com',
	password: 'Sandbox-2026',
	firstName: 'Sandbox',
	lastName: 'Owner',
};

export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string | null; name: string }>;
	webhookId?: string;
}

export interface WorkflowFile {
	/** Of workflows that others call; n8n gives the others one. */
	id?: string;
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	pinData?: Record<string, unknown>;
}

export interface SavedWorkflow extends WorkflowFile {
	id: string;
	versionId: string;
	active: boolean;
}

export interface CredentialBody {
	name: string;
	type: string;
	data: Record<string, unknown>;
}

/** One run of one node, as n8n stores it. */
export interface NodeRun {
	executionStatus?: string;
	executionIndex?: number;
	error?: { message: string; description?: string | null; httpCode?: string | null };
	data?: {
		main: Array<Array<{
			json: Record<string, unknown>;
			binary?: unknown;
			pairedItem?: unknown;
		}> | null>;
	};
}

export interface Execution {
	id: string;
	status: 'new' | 'running' | 'waiting' | 'success' | 'error' | 'canceled' | 'crashed' | 'unknown';
	waitTill?: string | null;
	resultData: {
		runData: Record<string, NodeRun[]>;
		lastNodeExecuted?: string;
		error?: { message: string; description?: string | null; node?: { name: string } };
	};
}

/** What the editor does over n8n's internal REST interface, as its signed-in owner. */
export class N8nRest {
	private cookie = '';

	constructor(readonly url: string) {}

	/** Makes the owner on a fresh n8n and signs in; on a known one it only signs in. */
	async signIn(): Promise<void> {
		const { userManagement } = await this.request<{
			userManagement: { showSetupOnFirstLoad: boolean };
		}>('GET', '/rest/settings');
		if (userManagement.showSetupOnFirstLoad) await this.request('POST', '/rest/owner/setup', OWNER);
		await this.request('POST', '/rest/login', {
			emailOrLdapLoginId: OWNER.email,
			password: OWNER.password,
		});
	}

	/** Makes the credential, or renews the data of the one with the same name and type. */
	async putCredential(credential: CredentialBody): Promise<{ id: string; name: string }> {
		const known = await this.request<Array<{ id: string; name: string; type: string }>>(
			'GET',
			'/rest/credentials',
		);
		const same = known.find(
			({ name, type }) => name === credential.name && type === credential.type,
		);
		if (same) return await this.request('PATCH', `/rest/credentials/${same.id}`, credential);
		return await this.request('POST', '/rest/credentials', credential);
	}

	/** The same test as the button in the credential window. */
	async testCredential(
		id: string,
		credential: CredentialBody,
	): Promise<{ status: 'OK' | 'Error'; message: string }> {
		return await this.request('POST', '/rest/credentials/test', {
			credentials: { id, ...credential },
		});
	}

	async createWorkflow(workflow: WorkflowFile): Promise<SavedWorkflow> {
		return await this.request('POST', '/rest/workflows', workflow);
	}

	async updateWorkflow(id: string, workflow: WorkflowFile): Promise<SavedWorkflow> {
		return await this.request('PATCH', `/rest/workflows/${id}?forceSave=true`, workflow);
	}

	/** Undefined when there is no such workflow (any more). */
	async findWorkflow(id: string): Promise<SavedWorkflow | undefined> {
		try {
			return await this.request('GET', `/rest/workflows/${id}`);
		} catch (error) {
			if (error instanceof RestError && [403, 404].includes(error.status)) return undefined;
			throw error;
		}
	}

	/** Makes its triggers live. n8n does so a moment after this resolves. */
	async publish(workflow: SavedWorkflow): Promise<void> {
		await this.request('POST', `/rest/workflows/${workflow.id}/activate`, {
			versionId: workflow.versionId,
		});
	}

	/** Runs it from a trigger, as "Execute workflow" does; resolves with the id of the execution. */
	async runWorkflow(id: string, trigger: string): Promise<string> {
		const { executionId } = await this.request<{ executionId: string }>(
			'POST',
			`/rest/workflows/${id}/run`,
			{ triggerToStartFrom: { name: trigger } },
		);
		return executionId;
	}

	async execution(id: string): Promise<Execution> {
		const raw = await this.request<Omit<Execution, 'resultData'> & { data: string }>(
			'GET',
			`/rest/executions/${id}`,
		);
		// An execution that has only just begun has no data yet.
		const data = raw.data ? (parseFlatted(raw.data) as Partial<Execution> | undefined) : undefined;
		const resultData = data?.resultData ?? { runData: {} };
		return { id, status: raw.status, waitTill: raw.waitTill, resultData };
	}

	/** Ids of the newest executions of a workflow that ended well. */
	async succeededExecutions(workflowId: string): Promise<string[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId, status: ['success'] }));
		const { results } = await this.request<{ results: Array<{ id: string }> }>(
			'GET',
			`/rest/executions?limit=5&filter=${filter}`,
		);
		return results.map(({ id }) => id);
	}

	/** A file that an execution made, as text; `id` is in its binary data. */
	async fileText(id: string): Promise<string> {
		return await this.send('GET', `/rest/binary-data?id=${encodeURIComponent(id)}&action=download`);
	}

	/** Any call of n8n's internal REST interface; resolves with `data` of its answer. */
	async request<T>(method: string, path: string, body?: unknown): Promise<T> {
		const answer = JSON.parse(await this.send(method, path, body)) as { data?: T };
		return (answer.data ?? answer) as T;
	}

	private async send(method: string, path: string, body?: unknown): Promise<string> {
		const response = await fetch(this.url + path, {
			method,
			headers: {
				'content-type': 'application/json',
				// n8n binds a session to the browser it was made in.
				'browser-id': 'sandbox',
				cookie: this.cookie,
			},
			body: body === undefined ? undefined : JSON.stringify(body),
			signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
		});
		const cookies = response.headers.getSetCookie().map((line) => line.split(';')[0]);
		if (cookies.length > 0) this.cookie = cookies.join('; ');
		const text = await response.text();
		if (!response.ok) throw new RestError(method, path, response.status, text);
		return text;
	}
}

export class RestError extends Error {
	constructor(
		method: string,
		path: string,
		readonly status: number,
		readonly body: string,
	) {
		super(`n8n answered ${method} ${path} with ${status}: ${body.slice(0, 500)}`);
	}
}

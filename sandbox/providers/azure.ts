import {
	type Course,
	type Face,
	type Json,
	LAB_KEY,
	type Lab,
	type LabFile,
	look,
	page,
	refuse,
} from './lab';
import { chatRoutes, eventRoutes, fileRoutes, jobObject, jobRoutes } from './openAiShape';

const V1 = '/openai/v1';
const COURSE = ['pending', 'running', 'succeeded'];
/** Of the login that deploys. */
export const AZURE_CLIENT = { id: 'client-1', key: 'azure-client-0123456789' };
const TOKEN = 'arm-token-0123456789';

interface ById {
	Params: { id: string };
}

/** Azure OpenAI v1 and the part of Azure's resource manager that deploys. */
export const azure: Face = (lab) => {
	const { app } = lab;
	app.addHook('onRequest', async ({ url, headers }, reply) => {
		const [known, answer] = url.startsWith('/openai/')
			? [headers['api-key'] === LAB_KEY, UNKNOWN_KEY]
			: [headers.authorization === `Bearer ${TOKEN}` || url.includes('/oauth2/'), UNKNOWN_TOKEN];
		if (!known) return await reply.code(401).send(answer);
	});

	// https://learn.microsoft.com/rest/api/azureopenai/files: imported in the background
	const states = new Map<string, string[]>();
	fileRoutes(lab, V1, (file) => presentFile(states, file));

	// https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning
	app.post(`${V1}/fine_tuning/jobs`, async ({ body }, reply) => {
		const { trainingType } = body as Json;
		if (trainingType === undefined) return presentJob(lab, newJob(lab, body as Json));
		return await refuse(reply, 400, "Unknown parameter: 'trainingType'.");
	});
	// The training tiers, https://learn.microsoft.com/azure/ai-foundry/openai/how-to/fine-tuning#global-standard
	app.post('/openai/fine_tuning/jobs', async ({ body, query }, reply) => {
		const version = (query as Json)['api-version'];
		if (version !== '2025-04-01-preview') return await refuse(reply, 404, 'Resource not found');
		return presentJob(lab, newJob(lab, body as Json));
	});
	jobRoutes(lab, V1, (job) => presentJob(lab, job));
	for (const [verb, state] of [
		['pause', 'paused'],
		['resume', 'running'],
	]) {
		app.post<ById>(`${V1}/fine_tuning/jobs/:id/${verb}`, ({ params }) => {
			const job = lab.jobs.get(params.id)!;
			job.states = [state];
			return presentJob(lab, job);
		});
	}
	eventRoutes(lab, V1);
	// https://learn.microsoft.com/azure/ai-services/openai/how-to/fine-tuning#checkpoints
	app.get<ById>(`${V1}/fine_tuning/jobs/:id/checkpoints`, ({ params, query }) => {
		const steps = lab.jobs.get(params.id)?.states[0] === 'succeeded' ? [30, 20, 10] : [];
		const all = steps.map((step) => ({
			id: `ftchkpt-${step}`,
			object: 'fine_tuning.job.checkpoint',
			created_at: lab.seconds(),
			fine_tuned_model_checkpoint: `gpt-4.1-2025-04-14.ft-0123456789abcdef:ckpt-step-${step}`,
			fine_tuning_job_id: params.id,
			metrics: { step, train_loss: 1 / step },
			step_number: step,
		}));
		return page(all, query, (checkpoint) => checkpoint);
	});
	chatRoutes(lab, V1);
	resourceManager(lab);
};

/** https://learn.microsoft.com/rest/api/aiservices/accountmanagement/deployments */
function resourceManager(lab: Lab): void {
	const { app } = lab;
	app.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string' },
		(_, text, done) => done(null, Object.fromEntries(new URLSearchParams(text as string))),
	);
	// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
	app.post('/:tenant/oauth2/v2.0/token', async ({ body }, reply) => {
		const { grant_type: grant, client_id: id, client_secret: key } = body as Json;
		if (grant === 'client_credentials' && id === AZURE_CLIENT.id && key === AZURE_CLIENT.key) {
			return { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token: TOKEN };
		}
		const error_description = 'AADSTS7000215: Invalid client secret provided.';
		return await reply.code(401).send({ error: 'invalid_client', error_description });
	});
	const base =
		'/subscriptions/:sub/resourceGroups/:group/providers/Microsoft.CognitiveServices/accounts/:account/deployments';
	app.put<ById>(`${base}/:id`, async ({ params, body }, reply) => {
		const tuned = String(((body as Json).properties as { model?: { name?: string } })?.model?.name);
		if (![...lab.jobs.values()].some((job) => modelOf(job) === tuned)) {
			const error = {
				code: 'DeploymentModelNotSupported',
				message: `The model '${tuned}' is not supported.`,
			};
			return await reply.code(400).send({ error });
		}
		const made = lab.addDeployment(params.id, body as Json, ['Creating', 'Succeeded']);
		return await reply.code(201).send(presentDeployment(lab, made));
	});
	app.get<ById>(`${base}/:id`, async ({ params }, reply) => {
		const found = lab.deployments.get(params.id);
		if (!found)
			return await reply
				.code(404)
				.send({ error: { code: 'ResourceNotFound', message: 'The Resource was not found.' } });
		look(found);
		return presentDeployment(lab, found);
	});
	app.get(base, () => ({
		value: [...lab.deployments.values()].map((found) => presentDeployment(lab, found)),
	}));
	app.delete<ById>(`${base}/:id`, async ({ params }, reply) => {
		lab.deployments.delete(params.id);
		lab.models.delete(params.id);
		return await reply.code(202).send();
	});
}

const UNKNOWN_KEY = {
	error: {
		code: '401',
		message: 'Access denied due to invalid subscription key or wrong API endpoint.',
	},
};
const UNKNOWN_TOKEN = {
	error: { code: 'InvalidAuthenticationToken', message: 'The access token is invalid.' },
};

function newJob(lab: Lab, body: Json): Course {
	return lab.addJob(lab.nextId('ftjob-'), body, COURSE);
}

function modelOf({ id, data: { model, suffix } }: Course): string {
	const hash = Buffer.from(id).toString('hex').padStart(32, '0');
	return `${String(model)}.ft-${hash}${suffix ? `-${String(suffix)}` : ''}`;
}

function presentJob(lab: Lab, job: Course): Json {
	const shown = jobObject(lab, job, modelOf(job));
	// A tuned model of Azure answers by the name of its deployment only.
	lab.models.delete(modelOf(job));
	return {
		...shown,
		metadata: job.data.metadata ?? null,
		trainingType: job.data.trainingType ?? 'standard',
	};
}

function presentFile(
	states: Map<string, string[]>,
	{ id, bytes, created_at, filename, purpose }: LabFile,
): Json {
	const left = states.get(id) ?? ['pending', 'running', 'processed'];
	states.set(id, left);
	const status = left.length > 1 ? left.shift() : left[0];
	return { id, object: 'file', bytes, created_at, filename, purpose, status };
}

function presentDeployment(lab: Lab, { id, states: [state], data }: Course): Json {
	if (state === 'Succeeded') lab.models.add(id);
	const { sku, properties } = data as { sku?: Json; properties?: Json };
	return {
		id: `/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/a/deployments/${id}`,
		type: 'Microsoft.CognitiveServices/accounts/deployments',
		name: id,
		sku,
		properties: { ...properties, provisioningState: state },
		systemData: { createdAt: '2026-11-21T12:00:00Z' },
	};
}

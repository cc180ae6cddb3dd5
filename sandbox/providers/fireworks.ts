import { type Course, type Face, type Json, LAB_KEY, type Lab, type LabFile, look } from './lab';
import {
	ACCOUNT,
	type Addressed,
	BASE,
	exists,
	ID,
	invalid,
	iso,
	member,
	missing,
	paged,
	refuse,
} from './fireworksShape';
import { chatRoutes } from './openAiShape';

const COURSE = [
	'JOB_STATE_CREATING',
	'JOB_STATE_VALIDATING',
	'JOB_STATE_RUNNING',
	'JOB_STATE_WRITING_RESULTS',
	'JOB_STATE_COMPLETED',
];

/** Fireworks AI, https://docs.fireworks.ai/api-reference and https://github.com/fw-ai-external/python-sdk. */
export const fireworks: Face = (lab) => {
	lab.app.addHook('onRequest', async ({ url, headers }, reply) => {
		const isSigned = url.startsWith('/signed/');
		if (headers.authorization === (isSigned ? undefined : `Bearer ${LAB_KEY}`)) return;
		return await refuse(reply, 401, 'UNAUTHENTICATED', 'The API key you provided is invalid.');
	});
	datasetRoutes(lab);
	for (const kind of ['supervisedFineTuningJobs', 'dpoJobs']) jobRoutes(lab, kind);
	deploymentRoutes(lab);
	modelRoutes(lab);
	// https://docs.fireworks.ai/api-reference/post-chatcompletions
	chatRoutes(lab, '/inference/v1');
};

function datasetRoutes(lab: Lab): void {
	const { app } = lab;
	app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_, bytes, done) =>
		done(null, bytes),
	);
	const present = ({ id, created_at, content, fields }: LabFile): Json => ({
		name: `accounts/${ACCOUNT}/datasets/${id}`,
		displayName: '',
		createTime: iso(created_at),
		state: content.length > 0 ? 'READY' : 'UPLOADING',
		status: { code: 'OK', message: '' },
		exampleCount: fields.exampleCount,
		userUploaded: {},
		format: 'CHAT',
	});

	// https://docs.fireworks.ai/api-reference/create-dataset
	app.post(`${BASE}/datasets`, async ({ body }, reply) => {
		const { datasetId, dataset } = body as { datasetId?: string; dataset?: Json };
		if (!datasetId || !ID.test(datasetId)) return await invalid(reply, 'invalid dataset id');
		const unknown = Object.keys(dataset ?? {}).find((name) => !DATASET_FIELDS.includes(name));
		if (!dataset || unknown) return await invalid(reply, `unknown field: ${unknown}`);
		if (lab.files.has(datasetId)) return await exists(reply, 'dataset', datasetId);
		const file: LabFile = {
			id: datasetId,
			filename: '',
			purpose: 'fine-tune',
			bytes: 0,
			created_at: lab.seconds(),
			content: Buffer.alloc(0),
			fields: { exampleCount: String(dataset.exampleCount) },
		};
		lab.files.set(datasetId, file);
		return present(file);
	});
	// https://docs.fireworks.ai/api-reference/list-datasets
	app.get(`${BASE}/datasets`, ({ query }) =>
		paged('datasets', [...lab.files.values()].reverse().map(present), query),
	);
	member(app, 'GET', 'datasets', {
		// https://docs.fireworks.ai/api-reference/get-dataset
		'': async (id, _request, reply) => {
			const file = lab.files.get(id);
			return file ? present(file) : await missing(reply, 'dataset', id);
		},
	});
	member(app, 'DELETE', 'datasets', {
		// https://docs.fireworks.ai/api-reference/delete-dataset
		'': (id) => {
			lab.files.delete(id);
			return {};
		},
	});
	member(app, 'POST', 'datasets', uploads(lab));
	app.put<Addressed>('/signed/*', async ({ params, body, headers }, reply) => {
		const content = body as Buffer;
		// Signed into the address: https://github.com/fw-ai-external/python-sdk/blob/main/README.md
		if (headers['x-goog-content-length-range'] !== `${content.length},${content.length}`) {
			return await reply.code(403).send();
		}
		lab.files.get(`pending ${params['*']}`)!.content = content;
		return await reply.code(200).send();
	});
}

const DATASET_FIELDS = ['userUploaded', 'exampleCount', 'format'];

function uploads(lab: Lab): Parameters<typeof member>[3] {
	return {
		// https://docs.fireworks.ai/api-reference/upload-dataset-files
		upload: async (id, request, reply) => {
			const file = lab.files.get(id);
			if (!file) return await missing(reply, 'dataset', id);
			const sent = await lab.receive(request, 'last upload');
			lab.files.delete('last upload');
			if (sent.content.length >= 150e6) return await invalid(reply, 'file too large');
			Object.assign(file, { content: sent.content, filename: sent.filename, bytes: sent.bytes });
			const { filename, bytes, created_at } = file;
			return { id, object: 'file', bytes, created_at, filename, purpose: 'fine-tune' };
		},
		// https://docs.fireworks.ai/api-reference/get-dataset-upload-endpoint
		getUploadEndpoint: (id, { body, headers }) => {
			const [name] = Object.keys((body as { filenameToSize: Json }).filenameToSize);
			lab.files.set(`pending ${id}`, { ...lab.files.get(id)!, id: `pending ${id}` });
			return { filenameToSignedUrls: { [name]: `http://${headers.host}/signed/${id}?sig=lab` } };
		},
		// https://docs.fireworks.ai/api-reference/validate-dataset-upload
		validateUpload: async (id, _request, reply) => {
			const pending = lab.files.get(`pending ${id}`);
			if (!pending?.content.length) return await invalid(reply, 'no file was uploaded');
			lab.files.delete(`pending ${id}`);
			Object.assign(lab.files.get(id)!, {
				content: pending.content,
				bytes: pending.content.length,
			});
			return {};
		},
	};
}

function jobRoutes(lab: Lab, kind: string): void {
	const { app } = lab;
	const idParameter = kind === 'dpoJobs' ? 'dpoJobId' : 'supervisedFineTuningJobId';
	const find = (id: string) => lab.jobs.get(`${kind}/${id}`);

	// https://docs.fireworks.ai/api-reference/create-supervised-fine-tuning-job, …/create-dpo-job
	app.post(`${BASE}/${kind}`, async ({ body, query }, reply) => {
		const job = body as Json;
		const unknown = Object.keys(job).find((name) => !JOB_FIELDS[kind].includes(name));
		if (unknown) return await invalid(reply, `unknown field "${unknown}"`);
		const dataset = String(job.dataset).split('/').at(-1) ?? '';
		if (!lab.files.has(dataset)) return await missing(reply, 'dataset', dataset);
		const id = (query as Record<string, string>)[idParameter] ?? lab.nextId('job');
		if (!ID.test(id)) return await invalid(reply, `invalid ${idParameter}`);
		if (find(id)) return await exists(reply, kind, id);
		return present(lab, kind, lab.addJob(`${kind}/${id}`, job, COURSE));
	});
	// https://docs.fireworks.ai/api-reference/list-supervised-fine-tuning-jobs
	app.get(`${BASE}/${kind}`, ({ query }) => {
		const jobs = [...lab.jobs.values()].filter(({ id }) => id.startsWith(`${kind}/`)).reverse();
		return paged(
			kind,
			jobs.map((job) => present(lab, kind, job)),
			query,
		);
	});
	member(app, 'GET', kind, {
		// https://docs.fireworks.ai/api-reference/get-supervised-fine-tuning-job
		'': async (id, _request, reply) => {
			const job = find(id);
			if (!job) return await missing(reply, kind, id);
			look(job);
			return present(lab, kind, job);
		},
	});
	member(app, 'POST', kind, {
		// https://docs.fireworks.ai/tools-sdks/firectl/commands/supervised-fine-tuning-job-cancel
		cancel: async (id, _request, reply) => {
			const job = find(id);
			if (!job) return await missing(reply, kind, id);
			job.states = ['JOB_STATE_CANCELLING', 'JOB_STATE_CANCELLED'];
			return {};
		},
	});
}

const TRAINING = [
	'baseModel',
	'batchSize',
	'batchSizeSamples',
	'epochs',
	'gradientAccumulationSteps',
	'jinjaTemplate',
	'learningRate',
	'learningRateWarmupSteps',
	'loraRank',
	'maxContextLength',
	'optimizerWeightDecay',
	'outputModel',
	'warmStartFrom',
];
const JOB_FIELDS: Record<string, string[]> = {
	supervisedFineTuningJobs: [
		...TRAINING,
		'dataset',
		'displayName',
		'earlyStop',
		'evalAutoCarveout',
		'evaluationDataset',
		'wandbConfig',
	],
	dpoJobs: ['dataset', 'displayName', 'lossConfig', 'trainingConfig', 'wandbConfig'],
};

function present(lab: Lab, kind: string, { id, states: [state], created_at, data }: Course): Json {
	const own = id.split('/')[1];
	const done = state === 'JOB_STATE_COMPLETED';
	const failed = state === 'JOB_STATE_FAILED';
	const training = (data.trainingConfig ?? data) as Json;
	const outputModel = training.outputModel ?? `accounts/${ACCOUNT}/models/${own}`;
	if (done) lab.models.add(`trained ${String(outputModel)}`);
	return {
		...data,
		name: `accounts/${ACCOUNT}/${kind}/${own}`,
		createTime: iso(created_at),
		...(done || failed ? { completedTime: iso(lab.seconds()) } : {}),
		state,
		status: failed
			? { code: 'INVALID_ARGUMENT', message: 'Line 3: messages must alternate' }
			: { code: 'OK', message: '' },
		createdBy: 'lab@example.com',
		...(kind === 'dpoJobs'
			? { trainingConfig: { ...training, outputModel } }
			: { outputModel, jobProgress: { percent: done ? 100 : 40, epoch: 0 } }),
	};
}

function deploymentRoutes(lab: Lab): void {
	const { app } = lab;
	const show = ({ id, states: [state], created_at, data }: Course): Json => {
		if (state === 'READY') lab.models.add(String(data.baseModel));
		return {
			...data,
			name: `accounts/${ACCOUNT}/deployments/${id}`,
			createTime: iso(created_at),
			state,
			status: { code: 'OK', message: '' },
			minReplicaCount: 0,
			maxReplicaCount: 1,
		};
	};
	// https://docs.fireworks.ai/api-reference/create-deployment
	app.post(`${BASE}/deployments`, async ({ body, query }, reply) => {
		const deployment = body as Json;
		const { deploymentId = lab.nextId('deployment') } = query as Record<string, string>;
		if (!ID.test(deploymentId)) return await invalid(reply, 'invalid deployment id');
		if (lab.deployments.has(deploymentId)) return await exists(reply, 'deployment', deploymentId);
		const model = String(deployment.baseModel);
		if (!lab.models.has(`trained ${model}`)) return await missing(reply, 'model', model);
		return show(lab.addDeployment(deploymentId, deployment, ['CREATING', 'CREATING', 'READY']));
	});
	// https://docs.fireworks.ai/api-reference/list-deployments
	app.get(`${BASE}/deployments`, ({ query }) =>
		paged('deployments', [...lab.deployments.values()].map(show), query),
	);
	member(app, 'GET', 'deployments', {
		// https://docs.fireworks.ai/api-reference/get-deployment
		'': async (id, _request, reply) => {
			const deployment = lab.deployments.get(id);
			if (!deployment) return await missing(reply, 'deployment', id);
			look(deployment);
			return show(deployment);
		},
	});
	member(app, 'DELETE', 'deployments', {
		// https://docs.fireworks.ai/api-reference/delete-deployment
		'': async (id, { query }, reply) => {
			const inUse = (query as Json).ignoreChecks !== 'true';
			if (inUse) return await refuse(reply, 400, 'FAILED_PRECONDITION', 'deployment is in use');
			lab.models.delete(String(lab.deployments.get(id)?.data.baseModel));
			lab.deployments.delete(id);
			return {};
		},
	});
}

function modelRoutes({ app, models }: Lab): void {
	const nameOf = (id: string) => `accounts/${ACCOUNT}/models/${id}`;
	member(app, 'GET', 'models', {
		// https://docs.fireworks.ai/api-reference/get-model
		'': async (id, _request, reply) =>
			models.has(`trained ${nameOf(id)}`)
				? { name: nameOf(id), createTime: iso(0), state: 'READY', kind: 'HF_PEFT_ADDON' }
				: await missing(reply, 'model', id),
	});
	member(app, 'DELETE', 'models', {
		// https://docs.fireworks.ai/api-reference/delete-model
		'': (id) => {
			models.delete(`trained ${nameOf(id)}`);
			return {};
		},
	});
}

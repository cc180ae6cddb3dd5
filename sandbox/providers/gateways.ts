import { type Course, type Face, type Json, LAB_KEY, type Lab, look, refuse } from './lab';
import { chatRoutes, fileRoutes, jobObject, listJobs } from './openAiShape';

const COURSE = ['queued', 'running', 'succeeded'];

interface Deep {
	Params: { '*': string };
}

/** Fields that LiteLLM's own model of a new job has; its others get lost on the way. */
const LITELLM_FIELDS = [
	'model',
	'training_file',
	'hyperparameters',
	'suffix',
	'validation_file',
	'seed',
];

/**
 * LiteLLM proxy in front of OpenAI,
 * https://github.com/BerriAI/litellm/blob/main/litellm/proxy/fine_tuning_endpoints/endpoints.py
 */
export const liteLlm: Face = (lab) => {
	const { app } = lab;
	lab.requireKey('authorization', `Bearer ${LAB_KEY}`, [
		401,
		{
			error: {
				message: 'Authentication Error, Invalid proxy server token passed.',
				type: 'auth_error',
				param: 'None',
				code: '401',
			},
		},
	]);
	fileRoutes(lab, '/v1');
	app.post('/v1/fine_tuning/jobs', async ({ body }, reply) => {
		if (!(body as Json).custom_llm_provider) return await noProvider(reply);
		const known = Object.entries(body as Json).filter(([name]) => LITELLM_FIELDS.includes(name));
		return present(lab, lab.addJob(lab.nextId('ftjob-'), Object.fromEntries(known), COURSE));
	});
	app.get('/v1/fine_tuning/jobs', async ({ query }, reply) => {
		if (!(query as Json).custom_llm_provider) return await noProvider(reply);
		return listJobs(lab, query, (job) => present(lab, job));
	});
	// The route takes all that follows for the id: `/events` too.
	app.get<Deep>('/v1/fine_tuning/jobs/*', async ({ params, query }, reply) => {
		if (!(query as Json).custom_llm_provider) {
			const detail = [
				{ type: 'missing', loc: ['query', 'custom_llm_provider'], msg: 'Field required' },
			];
			return await reply.code(422).send({ detail });
		}
		const job = lab.jobs.get(params['*']);
		if (!job) return await refuse(reply, 404, `Could not find fine tune: ${params['*']}`);
		look(job);
		return present(lab, job);
	});
	app.post<Deep>('/v1/fine_tuning/jobs/*', async ({ params, body }, reply) => {
		const id = /^(.+)\/cancel$/.exec(params['*'])?.[1];
		if (id === undefined) return await reply.code(404).send({ detail: 'Not Found' });
		if (!(body as Json | undefined)?.custom_llm_provider) return await noProvider(reply);
		const job = lab.jobs.get(id)!;
		job.states = ['cancelled'];
		return present(lab, job);
	});
	chatRoutes(lab, '/v1');
};

async function noProvider(reply: Parameters<typeof refuse>[0]) {
	return await refuse(
		reply,
		500,
		'Invalid request, No litellm managed file id or custom_llm_provider provided.',
	);
}

/**
 * Portkey's gateway in front of a provider whose API it maps,
 * https://github.com/Portkey-AI/gateway/blob/main/src/handlers/finetuneHandler.ts
 */
export const portkey: Face = (lab) => {
	const { app } = lab;
	app.addHook('onRequest', async ({ headers }, reply) => {
		if (headers['x-portkey-provider']) return;
		const message = 'Either x-portkey-config or x-portkey-provider header is required';
		return await reply.code(400).send({ status: 'failure', message });
	});
	fileRoutes(lab, '/v1');
	app.post('/v1/fine_tuning/jobs', ({ body }) =>
		present(lab, lab.addJob(lab.nextId('ftjob-'), body as Json, COURSE)),
	);
	app.get('/v1/fine_tuning/jobs', ({ query }) => listJobs(lab, query, (job) => present(lab, job)));
	app.get<Deep>('/v1/fine_tuning/jobs/*', ({ params }) => {
		const job = lab.jobs.get(params['*'].split('/')[0])!;
		look(job);
		return present(lab, job);
	});
	// Every POST to a job is taken for cancelling it.
	app.post<Deep>('/v1/fine_tuning/jobs/*', ({ params }) => {
		const job = lab.jobs.get(params['*'].split('/')[0])!;
		job.states = ['cancelled'];
		return present(lab, job);
	});
	chatRoutes(lab, '/v1');
};

function present(lab: Lab, job: Course): Json {
	return jobObject(lab, job, `ft:${String(job.data.model)}:lab::${job.id}`);
}

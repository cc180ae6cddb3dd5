import { type Course, type Face, type Json, LAB_KEY, type Lab, look } from './lab';
import { chatRoutes } from './openAiShape';

interface ById {
	Params: { id: string };
}

const BASE = '/v2/ai';
const COURSE = ['queued', 'running', 'succeeded'];

/** https://developers.telnyx.com/api-reference/fine-tuning/create-a-fine-tuning-job */
export const telnyx: Face = (lab) => {
	const { app } = lab;
	lab.requireKey('authorization', `Bearer ${LAB_KEY}`, [
		401,
		{
			errors: [
				{
					code: '10009',
					title: 'Authentication failed',
					detail: 'Could not understand the provided credentials.',
				},
			],
		},
	]);
	app.post(`${BASE}/fine_tuning/jobs`, async ({ body }, reply) => {
		const { training_file: file, hyperparameters } = body as Json;
		const epochs = (hyperparameters as Json | undefined)?.n_epochs ?? 3;
		const wrong = !/^[^/]+(\/.+)?$/.test(String(file ?? ''))
			? 'training_file'
			: typeof epochs !== 'number' || epochs < 1 || epochs > 10
				? 'n_epochs'
				: undefined;
		if (wrong) {
			const detail = [{ loc: ['body', wrong], msg: 'Input should be valid', type: 'value_error' }];
			return await reply.code(422).send({ detail });
		}
		return present(lab, lab.addJob(lab.nextId('tuned-model-'), body as Json, COURSE));
	});
	app.get(`${BASE}/fine_tuning/jobs`, () => ({
		data: [...lab.jobs.values()].map((job) => present(lab, job)),
	}));
	app.get<ById>(`${BASE}/fine_tuning/jobs/:id`, async ({ params }, reply) => {
		const job = lab.jobs.get(params.id);
		if (!job)
			return await reply
				.code(404)
				.send({ errors: [{ code: '10005', title: 'Resource not found' }] });
		look(job);
		return present(lab, job);
	});
	app.post<ById>(`${BASE}/fine_tuning/jobs/:id/cancel`, ({ params }) => {
		const job = lab.jobs.get(params.id)!;
		job.states = ['stopped'];
		return present(lab, job);
	});
	chatRoutes(lab, BASE);
};

function present(lab: Lab, { id, states: [status], created_at, data }: Course): Json {
	const done = status === 'succeeded';
	if (done) lab.models.add(id);
	return {
		id,
		created_at,
		finished_at: done ? lab.seconds() : null,
		hyperparameters: { n_epochs: 3, ...(data.hyperparameters as Json) },
		model: data.model,
		organization_id: 'org-lab',
		status,
		trained_tokens: done ? 4096 : null,
		training_file: data.training_file,
	};
}

import { checkedJobId } from '../jobs';

import { fieldsOf, rowsOf } from './answers';
import { BATCH_SIZE, EPOCHS, LEARNING_RATE, modelAt, PLAIN_SUPPORT, statusReader } from './parts';
import type { Call, CallHandler, Dialect } from './types';

const BY_NAME = 'It knows a file by its name: enter that, e.g. training.jsonl, as Upload gave it.';
const SERVE =
	"Serve the checkpoint with OPEA's text generation service, and use a credential with its address.";

/**
 * Fine-tuning service of OPEA (Ray), self-hosted. Retrieve and cancel are POST with the id in the body, a file is known
 * by its name, checkpoints are folders, and another service serves them.
 * https://github.com/opea-project/GenAIComps/tree/main/comps/finetuning/src
 */
export const opeaDialect: Dialect = {
	id: 'opea',
	name: 'OPEA',
	supports: { ...PLAIN_SUPPORT, events: false },
	lacks: {
		chat: SERVE,
		'files.content': BY_NAME,
		'files.delete': 'Delete it in the folder of the service.',
		'files.get': BY_NAME,
		'files.list': BY_NAME,
		'jobs.events': 'Use Get to see the status of the job, or the logs of its Ray job.',
		'models.delete': 'Delete its folder at the service.',
		'models.get': SERVE,
		'models.list': 'Enter the ID of a model of Hugging Face, e.g. meta-llama/Llama-2-7b-chat-hf.',
	},
	hyperparameters: 'topLevel',
	methods: {
		supervised: { batch_size: BATCH_SIZE, learning_rate: LEARNING_RATE, n_epochs: EPOCHS },
		dpo: {
			batch_size: BATCH_SIZE,
			beta: { label: 'Beta', kind: 'number', above: 0, max: 2 },
			learning_rate: LEARNING_RATE,
			n_epochs: EPOCHS,
		},
	},
	job: { metadata: false, validationFile: false, wandb: false, finish: asParameters },
	files: {
		lineFields: [
			['instruction', 'output'],
			['question', 'chosen', 'rejected'],
		],
		extensions: ['.json', '.jsonl'],
	},
	testPath: '/fine_tuning/jobs',
	jobStatus: statusReader(),
	tunedModel: modelAt(),
	calls: {
		'files.create': async ({ request }, send) => {
			const answer = await send(request);
			const file = fieldsOf(answer.data);
			return { ...answer, data: { ...file, id: file.filename } };
		},
		'jobs.cancel': post('/fine_tuning/jobs/cancel'),
		'jobs.checkpoints': async (call, send) => {
			const answer = await post('/finetune/list_checkpoints')(call, send);
			return {
				...answer,
				data: { object: 'list', data: checkpoints(answer.data), has_more: false },
			};
		},
		'jobs.get': post('/fine_tuning/jobs/retrieve'),
	},
	trainableModels: ['meta-llama/Llama-2-7b-chat-hf', 'mistralai/Mistral-7B-v0.1'],
};

function post(path: string): CallHandler {
	return async ({ id, request }: Call, send) =>
		await send({
			...request,
			method: 'POST',
			path,
			query: undefined,
			body: { fine_tuning_job_id: checkedJobId(id) },
			// Reading and cancelling can both be asked for again.
			retry: 'safe',
		});
}

/** The steps come as text, and the last one has none. */
function checkpoints(found: unknown): unknown[] {
	return rowsOf(found).map((checkpoint) => {
		const step = Number(checkpoint.step_number ?? NaN);
		return { ...checkpoint, step_number: Number.isSafeInteger(step) ? step : null };
	});
}

/**
 * The service knows `General`, `Dataset` and `Training` beside OpenAI's fields; of `hyperparameters` it reads `epochs`
 * in place of `n_epochs`, and takes the multiplier for the learning rate itself.
 */
function asParameters({
	hyperparameters,
	method,
	...body
}: Record<string, unknown>): Record<string, unknown> {
	const dpo = (method as { dpo?: { hyperparameters?: object } } | undefined)?.dpo;
	const isDpo = (method as { type?: unknown } | undefined)?.type === 'dpo';
	const all = { ...(hyperparameters as object), ...dpo?.hyperparameters } as Record<
		string,
		unknown
	>;
	const { n_epochs: epochs, learning_rate: rate, batch_size: batch, beta, ...rest } = all;
	const training = { ...rest, ...(beta !== undefined && { dpo_beta: beta }) };
	const known = {
		...(epochs !== undefined && { epochs }),
		...(batch !== undefined && { batch_size: batch }),
		...(rate !== undefined && { learning_rate_multiplier: rate }),
	};
	return {
		...body,
		...(Object.keys(known).length > 0 && { hyperparameters: known }),
		...(Object.keys(training).length > 0 && {
			Training: { ...training, ...(body.Training as object) },
		}),
		...(isDpo && { General: { task: 'dpo', ...(body.General as object) } }),
	};
}

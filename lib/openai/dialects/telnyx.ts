import { PLAIN_SUPPORT, statusReader } from './parts';
import type { Dialect } from './types';

const STORAGE =
	'Put the file into Telnyx Cloud Storage, and enter bucket/object as the training file of the job.';
const NO_DETAILS = 'Use Get to see the status of the job.';

/** https://developers.telnyx.com/api-reference/fine-tuning/create-a-fine-tuning-job */
export const telnyxDialect: Dialect = {
	id: 'telnyx',
	name: 'Telnyx',
	supports: { ...PLAIN_SUPPORT, events: false, checkpoints: false },
	lacks: {
		'files.content': STORAGE,
		'files.create': STORAGE,
		'files.delete': STORAGE,
		'files.get': STORAGE,
		'files.list': STORAGE,
		'jobs.checkpoints': NO_DETAILS,
		'jobs.events': NO_DETAILS,
		'models.delete': 'Delete it in the Telnyx portal.',
		'models.get': 'Use Get Many to see the models.',
	},
	hyperparameters: 'topLevel',
	methods: { supervised: { n_epochs: { label: 'Epochs', kind: 'integer', min: 1, max: 10 } } },
	job: { metadata: false, seed: false, validationFile: false, wandb: false },
	jobStatus: statusReader(),
	/** "The name of the fine-tuned model that is being created", it says of the job's id. */
	tunedModel: ({ status, id }) =>
		status === 'succeeded' && typeof id === 'string' && id !== '' ? id : undefined,
	chat: { maxTokens: 'max_tokens' },
};

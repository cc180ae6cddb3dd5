import type { Transport } from '../../http/types';
import { mergeFields } from '../mergeFields';
import { SettingError } from '../settingError';
import { toIso } from '../time';

import { defined, type Fields, fieldsOf, rowsOf, text } from './answers';
import { JOBS, pathOfJob } from './localAiJobs';
import { encodedPath } from './paths';
import type { Deployment, Deployments, DeploymentStatus } from './types';

/**
 * A trained model is merged, converted and registered under a name of its own; a job has one such export at a time.
 * https://localai.io/features/fine-tuning/#4-export-model
 */
export const localAiDeployments: Deployments = {
	of: 'a job or one of its checkpoints, as job ID:checkpoint-step, e.g. 2f9c…:checkpoint-30',
	source: 'checkpoints',
	async create(send, { name, model, baseModel, extraFields }) {
		const [id, checkpoint] = model.split(':');
		const job = await jobOf(send, id);
		const folder = text(job.output_dir) ?? '';
		const body = defined({
			name,
			// The model at the end of the training is in the folder of the job itself.
			checkpoint_path: checkpoint ? `${folder}/${checkpoint}` : folder,
			export_format: 'gguf',
			quantization_method: 'q4_k_m',
			model: baseModel ?? job.model,
		});
		await send({
			method: 'POST',
			...pathOfJob(id, '/export'),
			body: mergeFields(body, extraFields),
		});
		return deploymentOf({ ...(await jobOf(send, id)), wanted: name });
	},
	async get(send, id) {
		const job = await jobOf(send, id);
		if (text(job.export_status)) return deploymentOf(job);
		throw new SettingError(
			`The job ${id} has not been exported`,
			"Use 'Create' first.",
			'Deployment',
		);
	},
	async list(send) {
		const { data } = await send({ method: 'GET', ...JOBS });
		const exported = rowsOf(data).filter((job) => text(job.export_status));
		if (exported.length === 0) return [];
		const { data: models } = await send({ method: 'GET', path: '/models' });
		const present = new Set(rowsOf(models, 'data').map((model) => model.id));
		// A job goes on telling of an export whose model was deleted.
		return exported
			.filter((job) => job.export_status !== 'completed' || present.has(job.export_model_name))
			.map(deploymentOf);
	},
	async remove(send, id) {
		const name = text((await jobOf(send, id)).export_model_name);
		if (name === undefined) return;
		const path = encodedPath('/models/delete', name, 'Deployment');
		await send({ method: 'POST', path, fromOrigin: true });
	},
};

async function jobOf(send: Transport, id: string): Promise<Fields> {
	// Past the dialect: listening to the progress would take time.
	const { data } = await send({ method: 'GET', ...pathOfJob(id) });
	return fieldsOf(data);
}

const STATUSES: Readonly<Record<string, DeploymentStatus>> = {
	completed: 'ready',
	exporting: 'creating',
	failed: 'failed',
};

function deploymentOf(job: Fields): Deployment {
	const state = text(job.export_status);
	return {
		id: text(job.id) ?? '',
		model: text(job.export_model_name) ?? text(job.wanted) ?? '',
		source_model: text(job.id) ?? null,
		status: state && Object.hasOwn(STATUSES, state) ? STATUSES[state] : 'creating',
		provider_status: state ?? null,
		error_message: state === 'failed' ? (text(job.export_message) ?? null) : null,
		created_at: toIso(job.created_at),
		raw: { ...job, config: undefined, extra_options: undefined },
	};
}

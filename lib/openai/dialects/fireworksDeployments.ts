import { mergeFields } from '../mergeFields';
import { SettingError } from '../settingError';
import { toIso } from '../time';

import { type Fields, fieldsOf, rowsOf, text } from './answers';
import { at, lastPart, nameOf, slug } from './fireworksNames';
import type { Deployment, Deployments, DeploymentStatus } from './types';

const MAX_PAGES = 20;

/**
 * A tuned model gets a deployment of its own, in which Fireworks merges it with its base ("live merge").
 * https://docs.fireworks.ai/fine-tuning/deploying-loras
 */
export function fireworksDeployments(account: () => string): Deployments {
	return {
		of: 'the model of a finished job, e.g. accounts/my-account/models/support-1a2b3c4d',
		async create(send, { name, model, baseModel, extraFields }) {
			if (baseModel !== undefined) throw baseModelGiven();
			const deployed = model.includes('/') ? model : nameOf(account(), 'models', model);
			const { data } = await send({
				method: 'POST',
				...at(account(), 'deployments'),
				query: { deploymentId: idOf(name) },
				body: mergeFields({ baseModel: deployed, displayName: name }, extraFields),
			});
			return deploymentOf(data);
		},
		async get(send, id) {
			const { data } = await send({ method: 'GET', ...at(account(), 'deployments', id) });
			return deploymentOf(data);
		},
		async list(send) {
			const rows: Fields[] = [];
			let pageToken: string | undefined;
			for (let page = 0; page < MAX_PAGES; page++) {
				const query = { pageSize: 200, pageToken };
				const { data } = await send({ method: 'GET', ...at(account(), 'deployments'), query });
				rows.push(...rowsOf(data, 'deployments'));
				pageToken = text(fieldsOf(data).nextPageToken);
				if (pageToken === undefined) break;
			}
			return rows.map(deploymentOf);
		},
		async remove(send, id) {
			// Otherwise one that has answered within the last hour is refused.
			const query = { ignoreChecks: true };
			await send({ method: 'DELETE', ...at(account(), 'deployments', id), query });
		},
	};
}

function idOf(name: string): string {
	const id = slug(name);
	if (id !== '') return id;
	throw new SettingError(
		`'Deployment Name' cannot be '${name.slice(0, 40)}'`,
		'Use letters, digits and hyphens, e.g. support-answers.',
		'Deployment Name',
	);
}

function baseModelGiven(): SettingError {
	return new SettingError(
		"Fireworks AI needs no 'Base Model' for a deployment: it knows which one the model was trained from",
		"Remove 'Base Model'.",
		'Base Model',
	);
}

const STATES: Readonly<Record<string, DeploymentStatus>> = {
	CREATING: 'creating',
	DELETED: 'deleting',
	DELETING: 'deleting',
	FAILED: 'failed',
	READY: 'ready',
	// The replicas of before go on answering.
	UPDATING: 'ready',
};

/** https://docs.fireworks.ai/api-reference/get-deployment */
function deploymentOf(data: unknown): Deployment {
	const raw = fieldsOf(data);
	const state = text(raw.state);
	const { code, message } = fieldsOf(raw.status);
	const faulty = text(code) !== undefined && code !== 'OK';
	return {
		id: lastPart(text(raw.name) ?? ''),
		// Requests name the model; Fireworks finds its deployment.
		model: text(raw.baseModel) ?? '',
		source_model: text(raw.baseModel) ?? null,
		status: state && Object.hasOwn(STATES, state) ? STATES[state] : 'creating',
		provider_status: state ?? null,
		error_message: faulty ? (text(message) ?? String(code)) : null,
		created_at: toIso(raw.createTime),
		raw: data,
	};
}

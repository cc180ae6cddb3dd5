import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { FineTuningJob } from 'openai/resources/fine-tuning/jobs/jobs';

import { findEarlierJob, isFindable } from '../../../../lib/openai/createJob';
import { buildJobBody } from '../../../../lib/openai/jobBody';
import type { OperationHandler } from '../../../shared/router';
import type { Connection } from '../../../shared/transport';
import { uploadBinary } from '../file/upload';
import { readUploadOptions } from '../file/uploadOptions';

import { hintReuse, mark, startJob } from './create';
import { runIdParameter, trainingParameters } from './parameters';
import { waitOrSleep } from './sleep';

/** Upload, Create and Wait in one: from a JSONL file to a model. */
export const run: OperationHandler = async (ctx, itemIndex, connection) =>
	await waitOrSleep(ctx, itemIndex, connection, async () => {
		const earlier = await earlierJob(ctx, itemIndex, connection);
		if (!earlier) return await uploadAndStart(ctx, itemIndex, connection);
		hintReuse(ctx, earlier);
		return { id: earlier.id, more: mark(true) };
	});

async function uploadAndStart(ctx: IExecuteFunctions, itemIndex: number, connection: Connection) {
	const { dialect, surroundings } = connection;
	const settings = trainingParameters(ctx, itemIndex);
	const body = (trainingFile: string, validationFile?: string) =>
		buildJobBody({ ...settings, trainingFile, validationFile }, dialect);
	// Before the upload, so that a wrong setting shows at once.
	body('file-to-be-uploaded');

	const options = optionsOf(ctx, itemIndex);
	const begin = surroundings.now();
	const training = await upload(
		ctx,
		itemIndex,
		connection,
		ctx.getNodeParameter('binaryPropertyName', itemIndex) as string,
	);
	const validationField = String(options.validationBinaryPropertyName ?? '').trim();
	const validation = validationField
		? await upload(ctx, itemIndex, connection, validationField)
		: undefined;
	const uploadSeconds = Math.round((surroundings.now() - begin) / 100) / 10;

	const request = body(training.file.id, validation?.file.id);
	const { job, reused } = await startJob(ctx, itemIndex, connection, request);
	const more: IDataObject = {
		...mark(reused),
		...(training.report ? { examples: training.report.examples } : {}),
		file_reused: training.reused,
		upload_seconds: uploadSeconds,
	};
	return { id: job.id, more };
}

/** Looked for before the upload: a run that is repeated needs none. */
async function earlierJob(
	ctx: IExecuteFunctions,
	itemIndex: number,
	{ transport, surroundings, dialect }: Connection,
): Promise<FineTuningJob | undefined> {
	const runId = isFindable(dialect) ? runIdParameter(ctx, itemIndex) : undefined;
	return runId === undefined ? undefined : await findEarlierJob(transport, surroundings, runId);
}

async function upload(
	ctx: IExecuteFunctions,
	itemIndex: number,
	connection: Connection,
	field: string,
) {
	const { reuse, checkBeforeUpload } = optionsOf(ctx, itemIndex);
	return await uploadBinary(ctx, itemIndex, connection, {
		field,
		purpose: 'fine-tune',
		check: checkBeforeUpload !== false,
		...readUploadOptions({ reuse }, true),
	});
}

function optionsOf(ctx: IExecuteFunctions, itemIndex: number): IDataObject {
	return ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
}

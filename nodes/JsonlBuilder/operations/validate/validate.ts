import type { IDataObject } from 'n8n-workflow';

import { type ValidateOptions, validateJsonl } from '../../../../lib/dataset/validator';
import type { BuilderOperation } from '../../operation';
import { reportSettings } from '../../report';
import { openSource, readOptions } from '../../source';

/** A report on the item's file, which goes to the first output when nothing speaks against training on it. */
export const validate: BuilderOperation = async (ctx, itemIndex) => {
	const options = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const { open, fileName } = await openSource(ctx, itemIndex);
	const settings = reportSettings(ctx, itemIndex, options);
	const report = await validateJsonl(await open(), {
		...settings.validate,
		...readOptions(ctx, options),
		format: (options.format ?? 'auto') as ValidateOptions['format'],
	});
	const { binary } = ctx.getInputData()[itemIndex];
	const item = {
		json: { ...(fileName === undefined ? {} : { fileName }), ...settings.finish(report) },
		...(binary ? { binary } : {}),
	};
	return report.valid ? [[item], []] : [[], [item]];
};

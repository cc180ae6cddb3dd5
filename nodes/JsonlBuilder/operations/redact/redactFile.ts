import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { counted } from '../../../../lib/counted';
import type { JsonObject, JsonValue } from '../../../../lib/dataset/types';
import { mapExampleTexts } from '../../../../lib/privacy/exampleTexts';
import { mapJsonl, type MapJsonlReport, type MapObject } from '../../../../lib/privacy/jsonl';
import { peopleIn } from '../../../../lib/privacy/people';
import type { Survivors } from '../../../../lib/privacy/survivors';
import { newSealingSecret, sealVault } from '../../../../lib/privacy/vault';
import { JSONL_MIME_TYPE, writeBinary } from '../../../shared/binary';
import { hint } from '../../../shared/hint';
import type { BuilderOperation } from '../../operation';
import { findingsJson } from '../../report';
import { openSource, readOptions, renamed } from '../../source';

import { openBinary } from './openBinary';
import { mergedReport } from './report';
import { type Redaction, Redactions, refuseTaken } from './settings';
import { readPassphrase } from './vaultCredential';

/** A redacted copy of the item's file, and a report. Each file is a run of its own. */
export const redactFile: BuilderOperation = async (ctx, itemIndex) => {
	const outputField = ctx.getNodeParameter('outputField', itemIndex) as string;
	const redaction = new Redactions(ctx).of(itemIndex);
	const { redactor, options, vault } = redaction;
	refuseTaken(ctx.getInputData()[itemIndex].binary, vault);
	const passphrase = vault ? await readPassphrase(ctx, itemIndex) : undefined;
	const source = await openSource(ctx, itemIndex);
	const fileName = String(options.fileName ?? '') || renamed(source.fileName, '-redacted.jsonl');
	const settings = {
		...readOptions(ctx, options),
		maxLeftOut: Number(options.maxLeftOut ?? 1000),
	};
	const { output, report } = mapJsonl(await source.open(), redactExample(redaction), settings);
	const written = await writeBinary(ctx, output, { fileName, mimeType: JSONL_MIME_TYPE });
	const file = await withoutSurvivors(ctx, redaction, written, fileName);
	const sealed =
		passphrase === undefined
			? undefined
			: await vaultFile(
					ctx,
					sealVault(redactor.vault, await newSealingSecret(passphrase)),
					fileName,
				);
	const counts = { fileName, ...mergedReport([redactor.report()]), ...numbersOf(report()) };
	const redacted: INodeExecutionData = {
		json: counts,
		binary: {
			...ctx.getInputData()[itemIndex].binary,
			[outputField]: file,
			...(vault && sealed ? { [vault.field]: sealed } : {}),
		},
	};
	explain(ctx, report());
	return [[redacted], [{ json: { ...counts, leftOutLines: listOf(report()) } }]];
};

function redactExample({ redactor, people }: Redaction): MapObject {
	return (example) =>
		redactor.redact(example, mapExampleTexts, people ? peopleIn(people.read(example)) : []);
}

/** Reads the file once more: a value found late may stand in an early line, where nothing gave it away. */
async function withoutSurvivors(
	ctx: IExecuteFunctions,
	{ redactor, options }: Redaction,
	written: IBinaryData,
	fileName: string,
): Promise<IBinaryData> {
	const survivors = redactor.survivors();
	if (survivors.size === 0 || !(await hasSurvivors(ctx, written, survivors, options)))
		return written;
	const { output } = mapJsonl(
		await openBinary(ctx, written),
		(example) => redactor.redactSurvivors(example, mapExampleTexts, survivors),
		readOptions(ctx, options),
	);
	return await writeBinary(ctx, output, { fileName, mimeType: JSONL_MIME_TYPE });
}

async function hasSurvivors(
	ctx: IExecuteFunctions,
	written: IBinaryData,
	survivors: Survivors,
	options: Redaction['options'],
): Promise<boolean> {
	let isFound = false;
	const look = (example: JsonObject): { value: JsonValue; isChanged: boolean } => {
		mapExampleTexts(example, ({ text }) => {
			isFound ||= survivors.find(text).length > 0;
			return text;
		});
		return { value: example, isChanged: false };
	};
	const { output } = mapJsonl(await openBinary(ctx, written), look, readOptions(ctx, options));
	for await (const _ of output) if (isFound) return true;
	return isFound;
}

async function vaultFile(
	ctx: IExecuteFunctions,
	sealed: string,
	fileName: string,
): Promise<IBinaryData> {
	const name = fileName.replace(/(?:-redacted)?\.jsonl$/i, '');
	return await ctx.helpers.prepareBinaryData(
		Buffer.from(sealed, 'utf8'),
		`${name}.vault`,
		'text/plain',
	);
}

function numbersOf({ leftOut, bytes, findings }: MapJsonlReport) {
	return { leftOut, bytes, findings: findingsJson(findings) };
}

function listOf({ leftOutList }: MapJsonlReport) {
	return leftOutList.map(({ line, code, reason }) => ({ line, code, reason }));
}

function explain(ctx: IExecuteFunctions, { leftOut, examples, findings }: MapJsonlReport): void {
	if (leftOut > 0)
		hint(
			ctx,
			`${counted(leftOut, 'line')} could not be read and are not in the file: see 'leftOutLines' of the output "Report".`,
		);
	if (examples === 0 && leftOut === 0)
		hint(ctx, findings[0]?.message ?? 'The input holds no examples, so the file is empty.');
}

import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { FieldPath } from '../../../../lib/dataset/fieldPath';
import type { JsonObject, JsonValue } from '../../../../lib/dataset/types';
import { SettingError } from '../../../../lib/openai/settingError';
import { mapExampleTexts, mapItemTexts } from '../../../../lib/privacy/exampleTexts';
import { ItemFields } from '../../../../lib/privacy/itemFields';
import { mapJsonl } from '../../../../lib/privacy/jsonl';
import { Unmasker, type UnmaskReport } from '../../../../lib/privacy/unmask';
import { VaultOpener } from '../../../../lib/privacy/vault';
import { JSONL_MIME_TYPE, writeBinary } from '../../../shared/binary';
import { counted, hint, runEachItem, type TwoOutputs } from '../../operation';
import { openSource, readOptions, renamed } from '../../source';
import { readPassphrase } from '../redact/vaultCredential';

/** Puts the values of vaults back, and reports on the placeholders of each item or file. */
export async function unmask(ctx: IExecuteFunctions): Promise<TwoOutputs> {
	const vaults = new Vaults(ctx);
	const isFile = ctx.getNodeParameter('inputType', 0) === 'binary';
	return await runEachItem(ctx, async (_, itemIndex) => {
		const options = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
		const unmasker = new Unmasker(await vaults.open(itemIndex, options, isFile), {
			tolerant: options.tolerant !== false,
			...(Array.isArray(options.types) && options.types.length > 0
				? { types: options.types as string[] }
				: {}),
		});
		const item = isFile
			? await unmaskFile(ctx, itemIndex, unmasker, options)
			: unmaskItem(ctx, itemIndex, unmasker);
		const report = unmasker.report();
		explain(ctx, report);
		return [[item], [{ json: { ...report } }]];
	});
}

function unmaskItem(
	ctx: IExecuteFunctions,
	itemIndex: number,
	unmasker: Unmasker,
): INodeExecutionData {
	const { json, binary } = ctx.getInputData()[itemIndex];
	const vaultField = ctx.getNodeParameter('vaultField', itemIndex) as string;
	const { [vaultField]: _vault, ...rest } = json;
	const fields = new ItemFields(String(ctx.getNodeParameter('fields', itemIndex, '') ?? ''));
	const restore = (value: JsonValue) => mapItemTexts(value, ({ text }) => unmasker.unmask(text));
	const restored = fields.isLimited
		? fields.put(
				rest as JsonObject,
				restore(fields.take(rest as JsonObject)) as { [path: string]: JsonValue },
			)
		: restore(rest as JsonObject);
	return { json: restored as IDataObject, ...(binary ? { binary } : {}) };
}

async function unmaskFile(
	ctx: IExecuteFunctions,
	itemIndex: number,
	unmasker: Unmasker,
	options: IDataObject,
): Promise<INodeExecutionData> {
	const outputField = ctx.getNodeParameter('outputField', itemIndex) as string;
	const vaultField = ctx.getNodeParameter('vaultField', itemIndex) as string;
	const source = await openSource(ctx, itemIndex);
	const plainName = renamed(source.fileName, '').replace(/-redacted$/, '');
	const fileName = String(options.fileName ?? '') || `${plainName}.jsonl`;
	const restore = (example: JsonObject) => {
		let isChanged = false;
		const value = mapExampleTexts(example, ({ text }) => {
			const restored = unmasker.unmask(text);
			isChanged ||= restored !== text;
			return restored;
		});
		return { value, isChanged };
	};
	const { output, report } = mapJsonl(await source.open(), restore, readOptions(ctx, options));
	const file = await writeBinary(ctx, output, { fileName, mimeType: JSONL_MIME_TYPE });
	const { examples, leftOut } = report();
	const { [vaultField]: _vault, ...binary } = ctx.getInputData()[itemIndex].binary ?? {};
	return { json: { fileName, examples, leftOut }, binary: { ...binary, [outputField]: file } };
}

/** Vaults of a run: opened with one passphrase. */
class Vaults {
	private opener: VaultOpener | undefined;

	constructor(private readonly ctx: IExecuteFunctions) {}

	async open(
		itemIndex: number,
		options: IDataObject,
		isFile: boolean,
	): Promise<Map<string, string>> {
		const sealed = String(options.vault ?? '').trim() || (await this.sealed(itemIndex, isFile));
		this.opener ??= new VaultOpener(await readPassphrase(this.ctx, itemIndex));
		return await this.opener.open(sealed);
	}

	private async sealed(itemIndex: number, isFile: boolean): Promise<string> {
		const { ctx } = this;
		const field = ctx.getNodeParameter('vaultField', itemIndex) as string;
		if (isFile) return (await ctx.helpers.getBinaryDataBuffer(itemIndex, field)).toString('utf8');
		const value = new FieldPath(field).read(ctx.getInputData()[itemIndex].json);
		if (typeof value === 'string' && value !== '') return value;
		throw new SettingError(
			`The item has no vault in the field '${field}'`,
			"Enter the field that Redact put it in, or give the vault itself in the option 'Vault', e.g. {{ $('Redact').item.json.vault }}.",
			'Vault Field',
		);
	}
}

function explain(ctx: IExecuteFunctions, { unknown }: UnmaskReport): void {
	if (unknown.length > 0)
		hint(
			ctx,
			`${counted(unknown.length, 'placeholder')} are not in the vault and were left as they are: see 'unknown' of the output "Report".`,
		);
}
